import { Command, CommanderError } from "commander";
import type { CliContext } from "./command.ts";
import { commandGroups } from "./commands/table.ts";
import { exitCodes } from "./exit-codes.ts";
import { addExamples, fitHelp } from "./help/tell-more.ts";

/** The whole command line as one commander program. It throws where commander would end the process. */
export function createProgram(context: CliContext, version: string): Command {
  const program = fitHelp(new Command("modyard"), context.terminal)
    .description("Install and remove modules of an application by rebuilding it.")
    .version(version)
    .exitOverride()
    // What stands behind a command's name is for that command, or for the one below it: `journal verify --json`.
    .enablePositionalOptions()
    .showHelpAfterError("(--help says what there is)")
    .addHelpText("after", "\nMODYARD_URL says where the server is, MODYARD_TOKEN or MODYARD_TOKEN_FILE with which token it is asked.\n`modyard COMMAND --help` tells more, with an example.\n\nExit codes: 0 well, 1 failed, 2 wrong usage, 3 refused, 4 server not reached, 5 waits for approval, 130 interrupted, 141 output closed.");
  for (const [title, commands] of commandGroups) {
    program.commandsGroup(title);
    for (const register of commands) register(program, context);
  }
  program.commandsGroup("Help:").helpCommand("help [command]");
  addExamples(program, context.terminal.out);
  return program;
}

/** Runs one command line and leaves its exit code in the context. */
export async function runProgram(context: CliContext, version: string, args: readonly string[]): Promise<void> {
  try {
    await createProgram(context, version).parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are asked for; a program without a command is not.
    context.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}
