import type { Command } from "commander";
import { buildPlan, planChange, withBuildOptions, type BuildOptions } from "../client/run-change.ts";
import { clientAction, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";

export function buildCommand(program: Command, context: CliContext): void {
  const command = program.command("build").description("build the branch as it is: the first build, or after commits of your own");
  withBuildOptions(command).action(clientAction<[], BuildOptions>(context, build));
}

async function build(session: Session, options: BuildOptions): Promise<ExitCode> {
  return buildPlan(session, {}, await planChange(session, {}, options), options);
}
