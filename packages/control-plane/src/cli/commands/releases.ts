import type { Command } from "commander";
import type { Release } from "../../client/index.ts";
import { ago, cut, statusText } from "../client/format.ts";
import { withLimit } from "../client/paging.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table, visibleWidth } from "../table.ts";

interface Options extends ClientOptions {
  readonly limit: number;
  readonly environment?: string;
}

export function releasesCommand(program: Command, context: CliContext): void {
  const command = withLimit(program.command("releases").description("list releases, newest first"), 20).option("-e, --environment <environment>", "only of this one");
  withServer(command).action(clientAction<[], Options>(context, releases));
}

async function releases(session: Session, { limit, environment }: Options): Promise<ExitCode> {
  const page = await session.api.listReleases({ query: { limit, ...(environment !== undefined && { environment }) } });
  if (session.json) printJson(session.context, page);
  else print(session, page.releases);
  return exitCodes.ok;
}

function print({ out }: Session, list: readonly Release[]): void {
  if (list.length === 0) return out.line("There are no releases yet. `modyard build --deploy ENVIRONMENT` makes the first.");
  const head = ["RELEASE", "WHERE", "STATUS", "DEPLOYED", "MODULES"];
  const rows = list.map((release) => [release.id, release.environment, statusText(out.colors, release.status), ago(release.deployed_at)]);
  const used = Math.max(...table(head.slice(0, -1), rows, String).map(visibleWidth)) + 2;
  const room = out.columns === undefined ? undefined : Math.max(8, out.columns - used);
  const full = rows.map((row, index) => [...row, cut((list[index]?.modules ?? []).map(({ slug }) => slug).join(" "), room)]);
  for (const line of table(head, full, out.colors.dim)) out.line(line);
}
