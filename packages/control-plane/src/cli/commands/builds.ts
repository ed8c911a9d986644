import { Option, type Command } from "commander";
import { buildsView, type BuildView } from "../../api/views/build.ts";
import { ago, cut, deltaText, statusText } from "../client/format.ts";
import { withLimit } from "../client/paging.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";

interface Options extends ClientOptions {
  readonly limit: number;
  readonly status?: string;
}

export function buildsCommand(program: Command, context: CliContext): void {
  const command = withLimit(program.command("builds").description("list builds, newest first"), 20).addOption(
    new Option("--status <status>", "only these").choices(["queued", "running", "success", "failed", "cancelled"]),
  );
  withServer(command).action(clientAction<[], Options>(context, builds));
}

async function builds(session: Session, { limit, status }: Options): Promise<ExitCode> {
  const query = new URLSearchParams({ limit: String(limit), ...(status !== undefined && { status }) });
  const page = await session.client.get(`/admin/builds?${query}`, buildsView);
  if (session.json) printJson(session.context, page);
  else print(session, page.builds);
  return exitCodes.ok;
}

function print({ out }: Session, list: readonly BuildView[]): void {
  if (list.length === 0) return out.line("There are no builds yet. `modyard build` makes the first.");
  const rows = list.map((build) => [build.build_id, statusText(out.colors, build.status), ago(build.created_at), build.requested_by, changeOf(build)]);
  for (const line of table(["BUILD", "STATUS", "WHEN", "BY", "CHANGE"], rows, out.colors.dim)) out.line(cut(line, out.columns));
}

function changeOf({ modules_delta: delta, deploy_to: environment }: BuildView): string {
  return environment === null ? deltaText(delta) : `${deltaText(delta)} → ${environment}`;
}
