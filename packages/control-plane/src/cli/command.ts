import type { Command } from "commander";
import { ModyardError, problem } from "../errors/problem.ts";
import { exitCodeOf, type ExitCode } from "./exit-codes.ts";
import { sourcesOf } from "./local/sources.ts";
import { printProblems } from "./print-problems.ts";
import { problemJson } from "./problem-json.ts";
import type { Output, Terminal } from "./terminal.ts";

/** What every command gets from the process that it runs in. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path. */
  readonly cwd: string;
  /** The exit code of the process; set by `action`. */
  exitCode: ExitCode;
}

/**
 * Adds one command to the program. Registering must be cheap: it happens at every start of `modyard`. What a command
 * needs beyond a few files (database, HTTP server) it imports inside its action.
 */
export type RegisterCommand = (program: Command, context: CliContext) => void;

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

export function withJson(command: Command): Command {
  return command.option("--json", "print the result as JSON");
}

/** A commander action from a function that answers with an exit code: errors of the catalogue are printed, as JSON where asked. */
export function action<Arguments extends readonly unknown[]>(
  context: CliContext,
  run: (...args: Arguments) => Promise<ExitCode>,
): (...args: [...Arguments, Command]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    try {
      context.exitCode = await run(...(args.slice(0, -1) as unknown as Arguments));
    } catch (error) {
      const known = error instanceof ModyardError ? error : toDefect(error);
      context.exitCode = exitCodeOf(known.code);
      if (command.opts<CommonOptions>().json === true) printJson(context, { errors: known.problems.map(problemJson) });
      else printProblems(context.terminal.err, known.problems, "error", sourcesOf(known.problems, context.cwd));
      if (known !== error) printStack(context.terminal.err, error);
    }
  };
}

/** What nobody expected: the machine's word (no space, no right), or a defect. */
function toDefect(error: unknown): ModyardError {
  const message = error instanceof Error ? error.message : String(error);
  return new ModyardError(problem("internal", message, { hint: "Look whether the machine lacks something (`modyard doctor`). If it does not, this is a defect of Modyard: report it with the lines below." }), { cause: error });
}

function printStack({ colors, line }: Output, error: unknown): void {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((each) => /^\s+at /.test(each)) : [];
  for (const each of frames) line(colors.dim(each));
}

export function printJson(context: CliContext, value: unknown): void {
  const text = JSON.stringify(value, null, context.terminal.out.isTerminal ? 2 : undefined);
  // JSON leaves them as they are, terminals act on them, and no reader may miss them.
  context.terminal.out.line(text.replaceAll(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`));
}
