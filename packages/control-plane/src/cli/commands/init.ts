import type { Command } from "commander";
import { action, withJson, type CliContext } from "../command.ts";
import type { InitOptions } from "../init/run-init.ts";

const HELP = `
It reads files and runs nothing of the repository. Files that are there are never overwritten.
Ends with 0 when the files were written, were only to be shown, or are all there already;
with 3 when nobody agreed to writing them (no terminal and no --yes); with 1 when nothing can be proposed.`;

export function initCommand(program: Command, context: CliContext): void {
  const command = program
    .command("init")
    .description("look at a Node or Rust repository, and propose the modyard.toml and modules.toml that make it a host")
    .argument("[directory]", "the repository's root", ".")
    .option("--server <dir>", "the server's directory, where several could be it")
    .option("-y, --yes", "write the files without asking")
    .option("--dry-run", "only show what would be written")
    .addHelpText("after", HELP);
  withJson(command).action(action(context, async (directory: string, options: InitOptions) => (await import("../init/run-init.ts")).runInit(context, directory, options)));
}
