import { Option, type Command } from "commander";
import type { Build } from "../../client/index.ts";
import { ago, cut, deltaText, statusText } from "../client/format.ts";
import { withLimit } from "../client/paging.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";

interface Options extends ClientOptions {
  readonly limit: number;
  readonly status?: Build["status"];
}

export function buildsCommand(program: Command, context: CliContext): void {
  const command = withLimit(program.command("builds").description("list builds, newest first"), 20).addOption(
    new Option("--status <status>", "only these").choices(["queued", "running", "success", "failed", "cancelled"]),
  );
  withServer(command).action(clientAction<[], Options>(context, builds));
}

async function builds(session: Session, { limit, status }: Options): Promise<ExitCode> {
  const page = await session.api.listBuilds({ query: { limit, ...(status !== undefined && { status }) } });
  if (session.json) printJson(session.context, page);
  else print(session, page.builds);
  return exitCodes.ok;
}

function print({ out }: Session, list: readonly Build[]): void {
  if (list.length === 0) return out.line("There are no builds yet. `modyard build` makes the first.");
  const rows = list.map((build) => [build.build_id, statusText(out.colors, build.status), ago(build.created_at), build.requested_by, changeOf(build)]);
  for (const line of table(["BUILD", "STATUS", "WHEN", "BY", "CHANGE"], rows, out.colors.dim)) out.line(cut(line, out.columns));
}

function changeOf({ modules_delta: delta, deploy_to: environment }: Build): string {
  return environment === null ? deltaText(delta) : `${deltaText(delta)} → ${environment}`;
}
