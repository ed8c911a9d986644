import { readdir, readFile } from "node:fs/promises";

/** Living processes (no zombies) whose environment and command line hold these texts. */
export async function processesWith(texts: { readonly environment?: string; readonly commandLine?: string }): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await matches(pid, texts)) ? [pid] : [])));
  return found.flat();
}

async function matches(pid: number, texts: { readonly environment?: string; readonly commandLine?: string }): Promise<boolean> {
  const [environment, commandLine] = await Promise.all([read(pid, "environ"), read(pid, "cmdline")]);
  // A zombie has neither.
  return environment !== "" && environment.includes(texts.environment ?? "") && commandLine.includes(texts.commandLine ?? "");
}

async function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, "latin1").catch(() => "");
}

/** Sends a signal to a process that may be gone. */
export function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
