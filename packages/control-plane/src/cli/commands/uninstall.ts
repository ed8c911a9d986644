import type { Command } from "commander";
import { buildPlan, planChange, withBuildOptions, type BuildOptions } from "../client/run-change.ts";
import { clientAction, type Session } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";

interface Options extends BuildOptions {
  readonly cascade?: boolean;
}

export function uninstallCommand(program: Command, context: CliContext): void {
  const command = program.command("uninstall").description("uninstall modules").argument("<slug...>", "modules of the manifest").option("--cascade", "also uninstall what needs them");
  withBuildOptions(command).action(clientAction<[string[]], Options>(context, uninstall));
}

async function uninstall(session: Session, slugs: string[], options: Options): Promise<ExitCode> {
  const change = { uninstall: slugs, cascade: options.cascade === true };
  return buildPlan(session, change, await planChange(session, change, options), options);
}
