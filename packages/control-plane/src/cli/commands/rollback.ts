import type { Command } from "commander";
import { onlyEnvironment } from "../client/environment.ts";
import { runDeployment, withDeploymentOptions, type DeploymentOptions } from "../client/run-deployment.ts";
import { clientAction, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";

interface Options extends DeploymentOptions {
  readonly environment?: string;
}

export function rollbackCommand(program: Command, context: CliContext): void {
  const command = program
    .command("rollback")
    .description("go back to the release before, or to a kept one; nothing is built")
    .argument("[release]", "the release to go back to")
    .option("-e, --environment <environment>", "where; needed only when there are several");
  withDeploymentOptions(command).action(clientAction<[string | undefined], Options>(context, rollback));
}

async function rollback(session: Session, release: string | undefined, options: Options): Promise<ExitCode> {
  const environment = options.environment ?? (release === undefined ? await onlyEnvironment(session) : await environmentOf(session, release));
  const target = release === undefined ? {} : { target_release: release };
  return runDeployment(session, (body, headers) => session.api.rollBackEnvironment({ path: { name: environment }, body: { ...body, ...target }, headers }), options);
}

async function environmentOf({ api }: Session, release: string): Promise<string> {
  return (await api.getRelease({ path: { id: release } })).environment;
}
