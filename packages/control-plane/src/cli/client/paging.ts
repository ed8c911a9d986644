import type { Command } from "commander";
import { InvalidArgumentError } from "commander";

/** `--limit N`, as every list has it. */
export function withLimit(command: Command, fallback: number): Command {
  return command.option("-n, --limit <count>", "at most so many", positiveInteger, fallback);
}

function positiveInteger(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 200) throw new InvalidArgumentError("write a number from 1 to 200");
  return count;
}
