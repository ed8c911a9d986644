import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { groupName } from "./group-name.ts";
import type { Meter, Usage } from "./meter.ts";

/** What the processes of one command may use together. */
export interface GroupLimits {
  readonly memoryBytes?: number;
  readonly processes?: number;
}

/** A control group of the kernel for one command. `stop` only after its last process ended. */
export interface ControlGroup extends Meter {
  /** Files into which a process writes `0` to join, with all that it starts. */
  readonly joins: readonly string[];
}

const root = "/sys/fs/cgroup";

/** Makes a control group with these limits; undefined where this process may not, or nothing is to be limited. */
export async function createControlGroup(limits: GroupLimits): Promise<ControlGroup | undefined> {
  if (process.platform !== "linux" || (limits.memoryBytes === undefined && limits.processes === undefined)) return undefined;
  const made: string[] = [];
  try {
    for (const { directory, settings, wishes } of await plannedGroups(limits, groupName(randomUUID()))) {
      await mkdir(directory);
      made.push(directory);
      for (const [name, value] of settings) await writeFile(join(directory, name), value);
      // Not every kernel has these.
      for (const [name, value] of wishes) await writeFile(join(directory, name), value).catch(() => undefined);
    }
  } catch {
    await removeGroups(made);
    return undefined;
  }
  if (made.length === 0) return undefined;
  return { joins: made.map((directory) => join(directory, "cgroup.procs")), usage: () => readUsage(made), stop: () => removeGroups(made) };
}

/** Directories in which this process makes control groups, if it can. */
export async function groupParents(): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const planned = await plannedGroups({ memoryBytes: 1, processes: 1 }, "any").catch(() => []);
  return planned.map(({ directory }) => dirname(directory));
}

type Setting = readonly [name: string, value: string];

interface PlannedGroup {
  readonly directory: string;
  /** Without these the group is of no use. */
  readonly settings: readonly Setting[];
  readonly wishes: readonly Setting[];
}

async function plannedGroups({ memoryBytes, processes }: GroupLimits, name: string): Promise<PlannedGroup[]> {
  const own = await readFile("/proc/self/cgroup", "utf8");
  const pathOf = (controller: string): string | undefined => own.split("\n").find((line) => line.split(":")[1] === controller)?.split(":").slice(2).join(":");
  const unified = await access(join(root, "cgroup.controllers")).then(() => true, () => false);
  // Swap would only make a command slow that wants too much, and the whole machine with it.
  if (unified) {
    // A sibling: the kernel lets no group have both processes and limited children.
    const parent = join(root, dirname(pathOf("") ?? "/"));
    await writeFile(join(parent, "cgroup.subtree_control"), "+memory +pids").catch(() => undefined);
    const settings = [...setting("memory.max", memoryBytes), ...setting("pids.max", processes)];
    return [{ directory: join(parent, name), settings, wishes: memoryBytes === undefined ? [] : [["memory.swap.max", "0"], ["memory.oom.group", "0"]] }];
  }
  const memory = { directory: join(root, "memory", pathOf("memory") ?? "", name), settings: setting("memory.limit_in_bytes", memoryBytes), wishes: setting("memory.memsw.limit_in_bytes", memoryBytes) };
  const pids = { directory: join(root, "pids", pathOf("pids") ?? "", name), settings: setting("pids.max", processes), wishes: [] };
  return [memory, pids].filter(({ settings }) => settings.length > 0);
}

function setting(name: string, value: number | undefined): Setting[] {
  return value === undefined ? [] : [[name, String(value)]];
}

async function readUsage(directories: readonly string[]): Promise<Usage> {
  const texts = await Promise.all(directories.flatMap((directory) => usageFiles.map(async (name) => [name, await readFile(join(directory, name), "utf8").catch(() => "")] as const)));
  const count = (name: string, key: string): number => texts.filter(([file]) => file === name).reduce((sum, [, text]) => sum + Number(new RegExp(`^${key} (\\d+)$`, "m").exec(text)?.[1] ?? 0), 0);
  const peak = texts.find(([name, text]) => (name === "memory.peak" || name === "memory.max_usage_in_bytes") && text !== "")?.[1];
  return {
    ...(peak !== undefined && { peakBytes: Number(peak) }),
    killed: count("memory.events", "oom_kill") + count("memory.oom_control", "oom_kill"),
    refused: count("pids.events", "max"),
  };
}

/** Of both versions of control groups; a group has those of its own. */
const usageFiles = ["memory.events", "memory.oom_control", "memory.peak", "memory.max_usage_in_bytes", "pids.events"];

async function removeGroups(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      // The kernel may take a moment to forget the last process.
      if (await rmdir(directory).then(() => true, (error: NodeJS.ErrnoException) => error.code === "ENOENT")) break;
      await sleep(20);
    }
  }
}
