import type { Command } from "commander";
import type { DeploymentDetails } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { confirmed } from "../client/confirm.ts";
import { ago, deltaText } from "../client/format.ts";
import { reportJson } from "../client/report.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { watchDeployment } from "../client/watch-work.ts";
import type { CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

interface Options extends ClientOptions {
  readonly reason?: string;
  readonly acceptStale?: boolean;
  readonly yes?: boolean;
  readonly detach?: boolean;
}

export function approveCommand(program: Command, context: CliContext): void {
  const command = program
    .command("approve")
    .description("approve a deployment that waits for a second person, and watch it")
    .argument("<deployment>", "the deployment's id; `modyard status` shows what waits")
    .option("--reason <text>", "why, for the journal")
    .option("--accept-stale", "although the environment has changed since it was asked for")
    .option("-y, --yes", "do not ask")
    .option("--detach", "do not watch");
  withServer(command).action(clientAction<[string], Options>(context, approve));
}

async function approve(session: Session, id: string, { reason, acceptStale, yes, detach }: Options): Promise<ExitCode> {
  const path = { id };
  if (!session.json) show(session, await session.api.getDeployment({ path }));
  if (!(await confirmed(session, yes === true))) {
    session.err.line("Nothing was changed.");
    return exitCodes.refused;
  }
  const body = { ...(reason !== undefined && { reason }), ...(acceptStale === true && { accept_stale: true }) };
  const approved = await act(session, (headers) => session.api.approveDeployment({ path, body, headers }));
  if (!session.json) session.out.line(`${session.out.colors.green("✓")} ${approved.deployment_id} is approved`);
  return detach === true ? reportJson(session, { detached: true, deployment: approved }, exitCodes.ok) : watchDeployment(session, approved.deployment_id);
}

/** Who approves must see what: against what runs now, not against what was planned then. */
function show({ out, err }: Session, { environment, release_id: release, requested_by: by, reason, created_at: at, brings, stale }: DeploymentDetails): void {
  out.line(`${out.colors.bold(release)} → ${environment}${brings === null ? "" : `  ${deltaText(brings)}`}`);
  out.line(`  ${out.colors.dim("asked by")} ${by}, ${ago(at)}${reason === "" ? "" : `: ${reason}`}`);
  if (stale !== null) err.line(err.colors.yellow(`  ${stale}`));
}
