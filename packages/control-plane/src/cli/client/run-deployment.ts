import type { Command } from "commander";
import type { DeploymentRequested } from "../../client/index.ts";
import { act, type OnceHeaders } from "./act.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { reportJson } from "./report.ts";
import { withServer, type ClientOptions, type Session } from "./session.ts";
import { watchDeployment } from "./watch-work.ts";

/** Options of deploy and rollback. */
export interface DeploymentOptions extends ClientOptions {
  readonly reason?: string;
  readonly detach?: boolean;
}

export function withDeploymentOptions(command: Command): Command {
  return withServer(
    command.option("--reason <text>", "why, for the journal").option("--detach", "do not watch; print the deployment's id").option("--wait", "watch to the end (as it does anyway)"),
  );
}

/** Asks for a deployment, watches it and reports. */
export async function runDeployment(session: Session, send: (body: { readonly reason?: string }, headers: OnceHeaders) => Promise<DeploymentRequested>, { reason, detach }: DeploymentOptions): Promise<ExitCode> {
  const { deployment_id: id, release_id: release, environment } = await act(session, (headers) => send(reason === undefined ? {} : { reason }, headers));
  if (detach === true) {
    if (!session.json) session.out.line(id);
    return reportJson(session, { detached: true, deployment: await session.api.getDeployment({ path: { id } }) }, exitCodes.ok);
  }
  if (!session.json) session.err.line(session.err.colors.bold(`${release} → ${environment}`));
  return watchDeployment(session, id);
}
