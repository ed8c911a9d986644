import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Sends a signal to a process, or with a negative id to a process group. A process that is gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The direct children of a process; empty when it has none or is gone. */
export async function childrenOf(pid: number): Promise<number[]> {
  const parents = await readParents();
  return [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
}

/** Every process below `root`, at any depth, as long as the processes between are still there. */
export async function descendantsOf(root: number): Promise<number[]> {
  const parents = await readParents();
  return [...parents.keys()].filter((pid) => pid !== root && descends(pid, root, parents));
}

/**
 * Kills every process that carries `marker` in its environment, until none is left: whatever a command started, also when
 * it left the process group and its parent is gone. For Linux machines where no namespace can hold processes together.
 */
export async function killMarked(marker: string): Promise<void> {
  if (process.platform !== "linux") return;
  for (let round = 0; round < 100; round += 1) {
    const pids = [...(await readParents()).keys()].filter((pid) => pid !== process.pid);
    const marked = (await Promise.all(pids.map(async (pid) => ((await hasMarker(pid, marker)) ? [pid] : [])))).flat();
    if (marked.length === 0) return;
    for (const pid of marked) signalProcess(pid, "SIGKILL");
    await sleep(round < 10 ? 5 : 50);
  }
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid, depth = 0; at !== undefined && at > 1 && depth < 1000; at = parents.get(at), depth += 1) {
    if (at === root) return true;
  }
  return false;
}

/** Whether a process has the marker in the environment that it was started with. */
export async function hasMarker(pid: number, marker: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  return environment.includes(marker);
}

/** A living process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly threads: number;
}

/** Process id -> parent's process id. */
async function readParents(): Promise<Map<number, number>> {
  return process.platform === "linux" ? new Map([...(await readProcesses())].map(([pid, { parent }]) => [pid, parent])) : readParentsFromPs();
}

/** All processes of a Linux machine, zombies left out: they run no more and wait only for their parent. */
export async function readProcesses(): Promise<Map<number, ProcessFacts>> {
  const processes = new Map<number, ProcessFacts>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => "");
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent] = fields;
    if (parent !== undefined && state !== "Z" && state !== "X") processes.set(Number(name), { pid: Number(name), parent: Number(parent), threads: Number(fields[17] ?? 1) });
  }
  return processes;
}

async function readParentsFromPs(): Promise<Map<number, number>> {
  const { stdout } = await run("ps", ["-axo", "pid=,ppid=,stat="]);
  const parents = new Map<number, number>();
  for (const line of stdout.split("\n")) {
    const [pid, parent, state] = line.trim().split(/\s+/);
    if (pid !== undefined && parent !== undefined && state !== undefined && !state.startsWith("Z")) parents.set(Number(pid), Number(parent));
  }
  return parents;
}
