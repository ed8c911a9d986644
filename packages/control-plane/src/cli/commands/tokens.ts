import { InvalidArgumentError, Option, type Command } from "commander";
import { tellGrants } from "../../access/bound.ts";
import { roles } from "../../access/roles.ts";
import type { Grant, MadeToken, Token } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { ago, localTime } from "../client/format.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { withLimit } from "../client/paging.ts";
import { withPatience } from "../client/patience.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";

interface ListOptions extends ClientOptions {
  readonly limit: number;
}

interface ReasonOptions extends ClientOptions {
  readonly reason?: string;
}

interface CreateOptions extends ReasonOptions {
  readonly role: Grant["role"];
  readonly environment?: string;
  readonly expires?: number;
}

export function tokensCommand(program: Command, context: CliContext): void {
  const tokens = program.command("tokens").description("list the tokens with which programs ask; make and revoke them");
  withServer(withLimit(tokens.command("list", { isDefault: true }).description("list your tokens, newest first; an owner's list has everybody's"), 50)).action(clientAction<[], ListOptions>(context, list));
  const create = tokens
    .command("create")
    .description("make a token and print it: nothing shows it again")
    .argument("<name>", "by which the journal knows it")
    .addOption(new Option("--role <role>", "what it may do: at most what you may").choices(roles).makeOptionMandatory())
    .option("-e, --environment <environment>", "only there")
    .option("--expires <days>", "when it ends, such as 30d", parseDays);
  withServer(withReason(create)).action(clientAction<[string], CreateOptions>(context, createOne));
  const revoke = tokens.command("revoke").description("make a token worthless at once, with all that were made with it").argument("<id>", "the token's id");
  withServer(withReason(revoke)).action(clientAction<[string], ReasonOptions>(context, revokeOne));
}

function withReason(command: Command): Command {
  return command.option("--reason <text>", "why, for the journal");
}

function parseDays(text: string): number {
  const [, days] = /^(\d{1,4})d?$/.exec(text) ?? [];
  if (days === undefined || Number(days) === 0) throw new InvalidArgumentError("days, such as 30d");
  return Number(days);
}

async function list(session: Session, { limit }: ListOptions): Promise<ExitCode> {
  const page = await session.api.listTokens({ query: { limit } });
  if (session.json) printJson(session.context, page);
  else print(session, page.tokens);
  return exitCodes.ok;
}

function print({ out }: Session, tokens: readonly Token[]): void {
  if (tokens.length === 0) return out.line("You have no tokens. `modyard tokens create NAME --role ROLE` makes one.");
  const { colors } = out;
  const stateText = (state: Token["state"]): string => (state === "active" ? colors.green(state) : colors.dim(state));
  const rows = tokens.map((token) => [token.id, foreignText(plain, token.name), stateText(token.state), tellGrants(token.effective_grants), foreignText(plain, token.created_by), ago(token.last_used_at), token.expires_at === null ? "-" : localTime(token.expires_at)]);
  for (const line of table(["TOKEN", "NAME", "STATE", "MAY", "MADE BY", "USED", "ENDS"], rows, colors.dim)) out.line(line);
}

async function createOne(session: Session, name: string, { role, environment, expires, reason }: CreateOptions): Promise<ExitCode> {
  const body = { name, grants: [{ role, environment: environment ?? null }], ...(expires !== undefined && { expires_in_days: expires }), ...(reason !== undefined && { reason }) };
  const made = await act(session, (headers) => session.api.createToken({ body, headers }));
  if (session.json) printJson(session.context, made);
  else printMade(session, made);
  return made.token === null ? exitCodes.failed : exitCodes.ok;
}

/** The token alone goes to standard output, so that it can be put where it belongs without anybody seeing it. */
function printMade({ out, err }: Session, { id, name, token, grants, expires_at: end }: MadeToken): void {
  if (token === null) return err.line(`${name} was made, but the answer with the token got lost. Revoke it and make another: modyard tokens revoke ${id}`);
  err.line(`${err.colors.green("✓")} ${name} (${id}) is ${tellGrants(grants)}${end === null ? "" : ` until ${localTime(end)}`}. Keep the token: nothing shows it again.`);
  out.line(token);
}

async function revokeOne(session: Session, id: string, { reason }: ReasonOptions): Promise<ExitCode> {
  const query = reason === undefined ? {} : { reason };
  const answer = await withPatience(() => session.api.revokeToken({ path: { id }, query }), session.progress);
  if (session.json) printJson(session.context, answer);
  else printRevoked(session, id, answer.revoked);
  return exitCodes.ok;
}

function printRevoked({ out }: Session, id: string, revoked: readonly string[]): void {
  const others = revoked.filter((each) => each !== id);
  if (revoked.length === 0) return out.line(`${id} was revoked before`);
  out.line(`${out.colors.green("✓")} ${id} is good for nothing any more${others.length === 0 ? "" : `, nor are those made with it: ${others.join(", ")}`}`);
}
