import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What the processes of one command may use together. */
export interface GroupLimits {
  readonly memoryBytes?: number;
  readonly processes?: number;
}

/** A control group of the kernel for one command. */
export interface ControlGroup {
  /** Files into which a process writes `0` to join, with all that it starts. */
  readonly joins: readonly string[];
  /** Only after its last process ended. */
  remove(): Promise<void>;
}

const root = "/sys/fs/cgroup";

/** Makes a control group with these limits; undefined where this process may not, or nothing is to be limited. */
export async function createControlGroup(limits: GroupLimits): Promise<ControlGroup | undefined> {
  if (process.platform !== "linux" || (limits.memoryBytes === undefined && limits.processes === undefined)) return undefined;
  const made: string[] = [];
  try {
    for (const { directory, settings } of await plannedGroups(limits, `modyard-${randomUUID()}`)) {
      await mkdir(directory);
      made.push(directory);
      for (const [name, value] of settings) await writeFile(join(directory, name), value);
    }
  } catch {
    await removeGroups(made);
    return undefined;
  }
  return made.length === 0 ? undefined : { joins: made.map((directory) => join(directory, "cgroup.procs")), remove: () => removeGroups(made) };
}

interface PlannedGroup {
  readonly directory: string;
  readonly settings: readonly (readonly [string, string])[];
}

async function plannedGroups(limits: GroupLimits, name: string): Promise<PlannedGroup[]> {
  const own = await readFile("/proc/self/cgroup", "utf8");
  const pathOf = (controller: string): string | undefined => own.split("\n").find((line) => line.split(":")[1] === controller)?.split(":").slice(2).join(":");
  const unified = await access(join(root, "cgroup.controllers")).then(() => true, () => false);
  if (unified) {
    // A sibling: the kernel lets no group have both processes and limited children.
    const settings = [...setting("memory.max", limits.memoryBytes), ...(limits.memoryBytes === undefined ? [] : [["memory.oom.group", "0"] as const]), ...setting("pids.max", limits.processes)];
    return [{ directory: join(root, dirname(pathOf("") ?? "/"), name), settings }];
  }
  const memory = { directory: join(root, "memory", pathOf("memory") ?? "", name), settings: setting("memory.limit_in_bytes", limits.memoryBytes) };
  const processes = { directory: join(root, "pids", pathOf("pids") ?? "", name), settings: setting("pids.max", limits.processes) };
  return [memory, processes].filter(({ settings }) => settings.length > 0);
}

function setting(name: string, value: number | undefined): (readonly [string, string])[] {
  return value === undefined ? [] : [[name, String(value)]];
}

async function removeGroups(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      // The kernel may take a moment to forget the last process.
      if (await rmdir(directory).then(() => true, (error: NodeJS.ErrnoException) => error.code === "ENOENT")) break;
      await sleep(20);
    }
  }
}
