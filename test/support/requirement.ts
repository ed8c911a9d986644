import { spawnSync } from "node:child_process";

/** A program that some suites need, and how to get it. */
export interface Requirement {
  readonly program: string;
  readonly hint: string;
}

export const cargo: Requirement = { program: "cargo", hint: "install Rust 1.85 or newer, with rustup or the packages of your system" };

/**
 * Whether a suite's program is on this machine, for `describe.runIf`. A suite that is skipped says why on stderr;
 * in CI nothing is skipped: throws there, so that a green run means that everything ran.
 */
export function isThere({ program, hint }: Requirement): boolean {
  const found = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (found) return true;
  if (process.env["CI"] === "true") throw new Error(`${program} is missing: ${hint}`);
  process.stderr.write(`tests are skipped that need ${program}: ${hint}\n`);
  return false;
}
