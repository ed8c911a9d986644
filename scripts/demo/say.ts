import pc from "picocolors";

/** What the demo prints: headings, facts, and the table at the end. */
export const say = {
  heading: (text: string): void => console.log(`\n${pc.bold(pc.cyan("▌"))} ${pc.bold(text)}`),
  fact: (text: string): void => console.log(`  ${text}`),
  good: (text: string): void => console.log(`  ${pc.green("✔")} ${text}`),
  bad: (text: string): void => console.error(`  ${pc.red("✘")} ${text}`),
  command: (text: string): void => console.log(`  ${pc.dim("$")} ${pc.bold(text)}`),
};

/** One line of the table. */
export interface DoneStep {
  readonly name: string;
  /** Until the result was there for visitors; absent where time says nothing. */
  readonly milliseconds?: number;
  readonly result: string;
}

export function printTable(steps: readonly DoneStep[]): void {
  const width = Math.max(...steps.map((step) => step.name.length));
  console.log();
  console.log(pc.dim(`  ${"step".padEnd(width)}     time  result`));
  for (const { name, milliseconds, result } of steps) console.log(`  ${name.padEnd(width)}  ${(milliseconds === undefined ? "" : seconds(milliseconds)).padStart(7)}  ${result}`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
