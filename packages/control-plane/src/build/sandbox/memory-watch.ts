import { readFile } from "node:fs/promises";
import type { GroupLimits } from "./control-group.ts";
import type { Meter } from "./meter.ts";
import { hasMarker, readProcesses, signalProcess, type ProcessFacts } from "./process-tree.ts";

const intervalMs = 250;

export interface WatchedCommand {
  /** Its first process. */
  readonly pid: number;
  /** In the environment of all its processes, if they leave it there. */
  readonly marker: string;
  readonly limits: GroupLimits;
  /** Called once when it has more processes and threads than it may. */
  readonly onTooMany: (count: number) => void;
}

/**
 * Keeps a command's limits where no control group can be made: looks at its processes again and again, and kills the biggest when
 * they have too much memory together, as the kernel would. Limits of single processes (RLIMIT_AS, RLIMIT_DATA) are no way: V8 reserves
 * gigabytes that it never uses, and does not start with less.
 */
export function watchUsage({ pid, marker, limits, onTooMany }: WatchedCommand): Meter {
  let peakBytes = 0;
  let killed = 0;
  let refused = 0;
  const strangers = new Set([process.pid]);
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const members = await familyOf(pid, marker, strangers);
    const sizes = await Promise.all(members.map(async (member) => ({ pid: member.pid, bytes: await ownMemory(member.pid) })));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    peakBytes = Math.max(peakBytes, total);
    if (limits.memoryBytes !== undefined && total > limits.memoryBytes) {
      const [biggest] = sizes.toSorted((a, b) => b.bytes - a.bytes);
      if (biggest !== undefined) signalProcess(biggest.pid, "SIGKILL");
      killed += 1;
    }
    const tasks = members.reduce((sum, { threads }) => sum + threads, 0);
    if (limits.processes !== undefined && tasks > limits.processes && (refused += 1) === 1) onTooMany(tasks);
  };
  const timer = setInterval(() => {
    looking ??= look().catch(() => undefined).finally(() => (looking = undefined));
  }, intervalMs);
  return {
    usage: () => Promise.resolve({ ...(peakBytes > 0 && { peakBytes }), killed, refused }),
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Also those that left the family: they have the marker. Of a process it is asked once. */
async function familyOf(root: number, marker: string, strangers: Set<number>): Promise<ProcessFacts[]> {
  const all = await readProcesses();
  const family = new Set([root]);
  const isNew = ({ pid }: ProcessFacts): boolean => !family.has(pid) && !strangers.has(pid);
  addDescendants(family, all);
  for (const { pid } of [...all.values()].filter(isNew)) (await hasMarker(pid, marker) ? family : strangers).add(pid);
  addDescendants(family, all);
  return [...all.values()].filter(({ pid }) => family.has(pid));
}

function addDescendants(family: Set<number>, all: ReadonlyMap<number, ProcessFacts>): void {
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all.values()) if (family.has(parent)) family.add(pid);
  }
}

/** Bytes that a process shares with no file and no other process, nearly. */
async function ownMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "latin1").catch(() => "");
  return Number(/^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
