import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import type { Command, CommandOutcome, StepOutcome } from "../toolchain.ts";
import { memoryProblem, refusedProblem, stoppedProblem } from "./limit-problems.ts";

/** Lines of an excerpt, at most. */
const excerptLines = 40;

/** Whether a command did what it should. */
export function succeeded(outcome: CommandOutcome): boolean {
  return outcome.exitCode === 0 && !outcome.timedOut && outcome.stopped === undefined;
}

/** The failures that every command can have, whatever it does; undefined when the command itself says what is wrong. */
export function commonProblem(command: Command, outcome: CommandOutcome): Problem | undefined {
  const what = commandText(command);
  if (outcome.notFound === true) return problem("command_not_found", `${command.argv[0]} is not installed where builds can find it`);
  if (outcome.stopped !== undefined) return stoppedProblem(what, outcome.stopped);
  if (outcome.outOfMemory === true) return memoryProblem(what, outcome.memory);
  if (outcome.exceeded !== undefined) return refusedProblem(what, outcome.exceeded);
  if (plainLines(outcome).slice(-200).some((line) => /ENOSPC|No space left on device/.test(line))) return problem("disk_full", `${what} found no space left on the disk`);
  return undefined;
}

/** The lines of an outcome without colours. */
export function plainLines(outcome: CommandOutcome): string[] {
  return outcome.lines.map(({ text }) => stripVTControlCharacters(text));
}

/** The last lines that are not empty. */
export function lastLines(lines: readonly string[], count = excerptLines): string[] {
  return lines.filter((line) => line.trim() !== "").slice(-count);
}

/** A command as a person would type it. */
export function commandText({ argv }: Pick<Command, "argv">): string {
  return argv.join(" ");
}

/** A step that ended with one problem. */
export function failed(first: Problem, excerpt: readonly string[] = []): StepOutcome & { readonly ok: false } {
  return { ok: false, problems: [first], excerpt };
}
