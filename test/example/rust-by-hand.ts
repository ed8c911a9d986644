import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startModyard } from "../support/modyard.ts";

/** How a command ended, with all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs cargo as a person would, with everything that it compiles in `target`. */
export function cargo(directory: string, target: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    // Without debug information it compiles in half the time.
    const env = { ...process.env, CARGO_TARGET_DIR: target, CARGO_PROFILE_DEV_DEBUG: "0", CARGO_TERM_COLOR: "never" };
    execFile("cargo", args, { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}

/** Installs a module of the tree as a person would without Modyard: a line in modules.toml, `cargo add`, the generated file. */
export async function installByHand(directory: string, target: string, slug: string, path: string): Promise<void> {
  const manifestPath = join(directory, "modules.toml");
  const line = `${slug} = { crate = "rustok-${slug}", source = "path", path = "${path}" }\n`;
  await writeFile(manifestPath, (await readFile(manifestPath, "utf8")).replace("\n[settings]", `${line}\n[settings]`));
  const steps = [
    await cargo(directory, target, "add", "--quiet", "--package", "rustok-server", "--path", path),
    await startModyard(["generate-registry"], { cwd: directory, env: {} }).done,
  ];
  for (const step of steps) if (step.code !== 0) throw new Error(JSON.stringify(step));
}

/** The example's server as a process. */
export interface ServerProcess {
  readonly process: ChildProcess;
  /** Rejects with all that was printed when the server ends before it listens. */
  readonly url: Promise<string>;
  /** Resolves when this was printed. */
  readonly printed: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
}

export function startServer(program: string, env: Readonly<Record<string, string>> = {}): ServerProcess {
  const child = spawn(program, { env: { HOST: "127.0.0.1", PORT: "0", RUST_BACKTRACE: "0", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data.toString();
      for (const listener of listeners) listener();
    });
  }
  const seen = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const listener = (): void => {
        const found = look();
        if (found !== undefined) resolve(found);
      };
      listeners.add(listener);
      listener();
      void ended.then(() => reject(new Error(output)));
    });
  const url = seen(() => /listens on (\S+)\n/.exec(output)?.[1]);
  url.catch(() => {});
  return { process: child, url, printed: async (text) => void (await seen(() => output.includes(text) || undefined)), ended };
}
