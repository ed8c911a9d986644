import { Option, type Command } from "commander";
import { roles } from "../../access/roles.ts";
import type { Grant, Person, PersonLink } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { ago, localTime, statusText } from "../client/format.ts";
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

interface InviteOptions extends ReasonOptions {
  readonly name?: string;
  readonly role?: Grant["role"];
  readonly environment?: string;
}

export function peopleCommand(program: Command, context: CliContext): void {
  const people = program.command("people").description("list people and what they may do; invite, disable and enable them");
  withServer(withLimit(people.command("list", { isDefault: true }).description("list people, newest first"), 50)).action(clientAction<[], ListOptions>(context, list));
  const invite = people
    .command("invite")
    .description("add somebody, and print the link by which they set a password")
    .argument("<email>", "the person's e-mail address")
    .option("--name <name>", "the person's name (default: what stands before the @)")
    .addOption(new Option("--role <role>", "what the person may do").choices(roles))
    .option("-e, --environment <environment>", "only there");
  withServer(withReason(invite)).action(clientAction<[string], InviteOptions>(context, inviteOne));
  const reset = people.command("reset").description("print a new link by which somebody sets a password").argument("<email>", "the person's e-mail address or id");
  withServer(withReason(reset)).action(clientAction<[string], ReasonOptions>(context, resetOne));
  const disable = people.command("disable").description("keep somebody out: ends their sessions at once and stops their tokens").argument("<email>", "the person's e-mail address or id");
  withServer(withReason(disable)).action(clientAction<[string], ReasonOptions>(context, (session, who, options) => setDisabled(session, who, true, options)));
  const enable = people.command("enable").description("let somebody in again").argument("<email>", "the person's e-mail address or id");
  withServer(withReason(enable)).action(clientAction<[string], ReasonOptions>(context, (session, who, options) => setDisabled(session, who, false, options)));
}

function withReason(command: Command): Command {
  return command.option("--reason <text>", "why, for the journal");
}

async function list(session: Session, { limit }: ListOptions): Promise<ExitCode> {
  const page = await session.api.listPeople({ query: { limit } });
  if (session.json) printJson(session.context, page);
  else print(session, page.people);
  return exitCodes.ok;
}

function print({ out }: Session, people: readonly Person[]): void {
  if (people.length === 0) return out.line("There is nobody yet. `modyard people invite EMAIL --role owner` invites the first.");
  const rows = people.map((person) => [person.email, foreignText(plain, person.name), statusText(out.colors, person.status), rolesOf(person), ago(person.joined_at)]);
  for (const line of table(["EMAIL", "NAME", "STATUS", "MAY", "JOINED"], rows, out.colors.dim)) out.line(line);
}

function rolesOf({ grants }: Person): string {
  return grants.length === 0 ? "nothing" : grants.map(({ role, environment }) => (environment === null ? role : `${role} in ${environment}`)).join(", ");
}

async function inviteOne(session: Session, email: string, { name, role, environment, reason }: InviteOptions): Promise<ExitCode> {
  if (role === undefined && environment !== undefined) {
    session.err.line("error: --environment says where; --role must say what");
    return exitCodes.usage;
  }
  const grants = role === undefined ? [] : [{ role, environment: environment ?? null }];
  const body = { email, name: name ?? email.split("@")[0] ?? email, grants, ...(reason !== undefined && { reason }) };
  return showLink(session, await act(session, (headers) => session.api.invitePerson({ body, headers })), "was invited");
}

async function resetOne(session: Session, who: string, { reason }: ReasonOptions): Promise<ExitCode> {
  return showLink(session, await act(session, (headers) => session.api.renewPersonLink({ path: { id: who }, body: reason === undefined ? {} : { reason }, headers })), "gets a new link");
}

function showLink({ json, context, out, err }: Session, answer: PersonLink, what: string): ExitCode {
  if (json) printJson(context, answer);
  else if (answer.link === null) err.line(`${answer.person.email} ${what}, but the link was told in an answer that got lost. \`modyard people reset ${answer.person.email}\` makes another.`);
  else {
    out.line(`${out.colors.green("✓")} ${answer.person.email} ${what}. Hand over this link; it works once, until ${localTime(answer.expires_at)}:`);
    out.line(`  ${answer.link}`);
  }
  return answer.link === null ? exitCodes.failed : exitCodes.ok;
}

async function setDisabled(session: Session, who: string, disabled: boolean, { reason }: ReasonOptions): Promise<ExitCode> {
  const body = { disabled, ...(reason !== undefined && { reason }) };
  const person = await withPatience(() => session.api.changePerson({ path: { id: who }, body }), session.progress);
  if (session.json) printJson(session.context, person);
  else session.out.line(`${session.out.colors.green("✓")} ${person.email} ${disabled ? "is disabled: sessions have ended, tokens are stopped" : "may come in again"}`);
  return exitCodes.ok;
}
