import type { Command } from "commander";
import { buildPlan, planChange, withBuildOptions, type BuildOptions } from "../client/run-change.ts";
import { clientAction, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";

export function installCommand(program: Command, context: CliContext): void {
  const command = program.command("install").description("install modules: plan, build, and deploy where wanted").argument("<slug[@version]...>", "modules of the catalog; for a git module, @revision");
  withBuildOptions(command).action(clientAction<[string[]], BuildOptions>(context, install));
}

async function install(session: Session, slugs: string[], options: BuildOptions): Promise<ExitCode> {
  const change = { install: slugs };
  return buildPlan(session, change, await planChange(session, change, options), options);
}
