import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Variables in an application's environment by which a gateway recognises its own processes, after any crash. */
export const marker = { gateway: "MODYARD_GATEWAY", release: "MODYARD_RELEASE_ID" } as const;

/** A process that a gateway of this directory started and that leads its own process group. */
export interface MarkedProcess {
  readonly pid: number;
  readonly identity: string;
  readonly releaseId: string;
  readonly port: number;
}

interface ProcStat {
  readonly state: string;
  readonly group: number;
  readonly startTicks: string;
}

const onLinux = process.platform === "linux";

/**
 * A text that no other process ever has: boot and start time. Undefined when no such process lives (a zombie does not).
 * A pid alone proves nothing, because pids are used again.
 */
export function processIdentity(pid: number): string | undefined {
  return onLinux ? linuxIdentity(pid) : psIdentity(pid);
}

/** Processes marked with this directory, oldest first. Only Linux can tell; elsewhere the recorded pids must do. */
export function findMarkedProcesses(directory: string): readonly MarkedProcess[] {
  if (!onLinux) return [];
  const found: (MarkedProcess & { readonly startTicks: number })[] = [];
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
    if (stat === undefined || stat.group !== pid || pid === process.pid) continue;
    const env = readEnvironment(pid);
    const releaseId = env?.get(marker.release);
    const identity = linuxIdentity(pid);
    if (env?.get(marker.gateway) !== directory || releaseId === undefined || identity === undefined) continue;
    found.push({ pid, identity, releaseId, port: Number(env.get("PORT")), startTicks: Number(stat.startTicks) });
  }
  return found.toSorted((a, b) => a.startTicks - b.startTicks);
}

/** False when the process's environment can be read and is not one of ours; true also when it cannot be read. */
export function mayBeMarked(pid: number, directory: string): boolean {
  const env = onLinux ? readEnvironment(pid) : undefined;
  return env === undefined || env.get(marker.gateway) === directory;
}

/** Whether a process group still has a living member. Zombies do not count: in a container nobody may ever collect them. */
export function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
  return !onLinux || readdirSync("/proc").some((entry) => isLivingMember(Number(entry), group));
}

function isLivingMember(pid: number, group: number): boolean {
  const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
  return stat !== undefined && stat.group === group && !isDead(stat);
}

function isDead({ state }: ProcStat): boolean {
  return state === "Z" || state === "X";
}

let bootId: string | undefined;

function linuxIdentity(pid: number): string | undefined {
  const stat = readStat(pid);
  if (stat === undefined || isDead(stat)) return undefined;
  bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${bootId}:${stat.startTicks}`;
}

function readStat(pid: number): ProcStat | undefined {
  const text = readOrUndefined(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The command name may hold spaces and brackets; the fields are counted from behind the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "X", group: Number(fields[2]), startTicks: fields[19] ?? "" };
}

function readEnvironment(pid: number): ReadonlyMap<string, string> | undefined {
  const text = readOrUndefined(`/proc/${pid}/environ`);
  if (text === undefined) return undefined;
  return new Map(
    text.split("\0").map((line) => {
      const equals = line.indexOf("=");
      return [line.slice(0, equals), line.slice(equals + 1)] as const;
    }),
  );
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // The process ended, or belongs to somebody else.
  }
}

function psIdentity(pid: number): string | undefined {
  try {
    const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return text === "" || text.startsWith("Z") ? undefined : text.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}
