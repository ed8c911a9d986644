import type { Command } from "commander";
import { act } from "../client/act.ts";
import { reportEnded } from "../client/report-ended.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";

interface Options extends ClientOptions {
  readonly reason: string;
}

export function rejectCommand(program: Command, context: CliContext): void {
  const command = program
    .command("reject")
    .description("reject a deployment that waits for a second person")
    .argument("<deployment>", "the deployment's id; `modyard status` shows what waits")
    .requiredOption("--reason <text>", "why; who asked reads it");
  withServer(command).action(clientAction<[string], Options>(context, reject));
}

async function reject(session: Session, id: string, { reason }: Options): Promise<ExitCode> {
  const { deployment_id: deployment } = await act(session, (headers) => session.api.rejectDeployment({ path: { id }, body: { reason }, headers }));
  return reportEnded(session, deployment, "rejected");
}
