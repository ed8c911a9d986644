import { createInterface } from "node:readline/promises";
import type { Session } from "./session.ts";

/** Asks a person at a terminal; where nobody can answer, the command line itself is the consent. */
export async function confirmed({ json, out, err }: Session, yes: boolean): Promise<boolean> {
  if (yes || json || !out.isTerminal || !err.isTerminal || process.stdin.isTTY !== true) return true;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D close the reader without an answer.
  const closed = new Promise<undefined>((resolve) => reader.once("close", () => resolve(undefined)));
  try {
    const answer = await Promise.race([reader.question("Go on? [Y/n] "), closed]);
    if (answer === undefined) err.line();
    return answer !== undefined && /^(y|yes|)$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}
