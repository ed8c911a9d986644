import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const program = join(import.meta.dirname, "..", "..", "scripts", "demo.ts");

/** A demo that runs. */
export interface DemoRun {
  /** What it printed so far, without colours. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the demo of a host as `npm run demo` does, in a directory of its own. `env` is added to the environment. */
export function startDemo(host: "node" | "rust", directory: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): DemoRun {
  const child = spawn(process.execPath, [program, host, "--directory", directory, ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1", ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  return { output: () => output, ended: once(child, "exit").then(([code]) => code as number | null), kill: (signal) => child.kill(signal) };
}

/** Processes that have the demo's directory in their command line or environment. */
export function leftBehind(directory: string): string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid).flatMap((pid) => {
    try {
      const facts = readFileSync(`/proc/${pid}/cmdline`, "utf8") + readFileSync(`/proc/${pid}/environ`, "utf8");
      return facts.includes(directory) ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}
