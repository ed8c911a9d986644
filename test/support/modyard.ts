import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));

/** How a command ended, and what it wrote. */
export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly done: Promise<CommandRun>;
  /** Resolves when this stands in what it wrote so far, to either stream; throws when it ended without. */
  wrote(text: string): Promise<void>;
  interrupt(): void;
}

/** Starts the real program, with nothing of this process's environment that it reads. */
export function startModyard(args: readonly string[], options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): RunningCommand {
  const child = spawn(process.execPath, [binary, ...args], { cwd: options.cwd, env: { PATH: process.env["PATH"] ?? "", ...options.env }, stdio: ["ignore", "pipe", "pipe"] });
  const written = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      written[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const done = new Promise<CommandRun>((resolve, reject) => child.once("error", reject).once("close", (code) => resolve({ code, ...written })));
  return {
    done,
    wrote: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => void ((written.stdout + written.stderr).includes(text) && resolve());
        listeners.add(look);
        look();
        void done.then((run) => reject(new Error(`ended without ${JSON.stringify(text)}: ${JSON.stringify(run)}`)), reject);
      }),
    interrupt: () => void child.kill("SIGINT"),
  };
}
