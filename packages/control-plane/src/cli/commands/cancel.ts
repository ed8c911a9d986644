import type { Command } from "commander";
import type { Build } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { followBuild, isOver } from "../client/follow.ts";
import { Interrupted, watching } from "../client/interrupt.ts";
import { reportEnded } from "../client/report-ended.ts";
import { reportJson } from "../client/report.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

interface Options extends ClientOptions {
  readonly reason?: string;
  readonly detach?: boolean;
}

export function cancelCommand(program: Command, context: CliContext): void {
  const command = program
    .command("cancel")
    .description("cancel a build and wait until everything that it started is gone, or withdraw a deployment that waits for approval")
    .argument("<id>", "the build's or deployment's id")
    .option("--reason <text>", "why, for the journal")
    .option("--detach", "do not wait");
  withServer(command).action(clientAction<[string], Options>(context, cancel));
}

async function cancel(session: Session, id: string, { reason, detach }: Options): Promise<ExitCode> {
  if (id.startsWith("dpl_")) return withdraw(session, id, reason);
  const asked = await act(session, (headers) => session.api.cancelBuild({ path: { id }, body: reason === undefined ? {} : { reason }, headers }));
  if (detach === true || isOver(asked)) return report(session, asked, detach === true);
  try {
    return report(session, await watching((signal) => followBuild(session, asked.build_id, signal)), false);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    session.err.line("Not waiting any more; the build is being cancelled.");
    return reportJson(session, { build: asked, detached: true }, exitCodes.interrupted);
  }
}

/** A deployment that waits for approval, by who asked for it. */
async function withdraw(session: Session, id: string, reason: string | undefined): Promise<ExitCode> {
  const { deployment_id: deployment } = await act(session, (headers) => session.api.withdrawDeployment({ path: { id }, body: reason === undefined ? {} : { reason }, headers }));
  return reportEnded(session, deployment, "withdrawn");
}

function report(session: Session, build: Build, detached: boolean): ExitCode {
  const { out, err } = session;
  const cancelled = build.status === "cancelled";
  if (!session.json && cancelled) out.line(`${out.colors.green("✓")} ${build.build_id} is cancelled`);
  else if (!session.json && detached) out.line(`${build.build_id} is being cancelled`);
  else if (!session.json) err.line(`${err.colors.red("✗")} ${build.build_id} was over before it could be cancelled: ${build.status}`);
  return reportJson(session, { build, detached }, cancelled || detached ? exitCodes.ok : exitCodes.failed);
}
