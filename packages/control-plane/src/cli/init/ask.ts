import { createInterface } from "node:readline/promises";
import type { CliContext } from "../command.ts";

/** Whether a person sits there who can answer. */
export function canAsk({ terminal: { out, err } }: CliContext): boolean {
  return out.isTerminal && err.isTerminal && process.stdin.isTTY === true;
}

/** The answer to a question; undefined when there is none (Ctrl-C, Ctrl-D). */
export async function ask(context: CliContext, question: string): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<undefined>((resolve) => reader.once("close", () => resolve(undefined)));
  try {
    const answer = await Promise.race([reader.question(question), closed]);
    if (answer === undefined) context.terminal.err.line();
    return answer?.trim();
  } finally {
    reader.close();
  }
}
