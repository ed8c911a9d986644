import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { isDead, readOrUndefined, readStat } from "./proc.ts";

/** A process told apart from a later one that got the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** See `processIdentity`. */
  readonly startedAt: string;
}

const onLinux = process.platform === "linux";

/** The identity of a living process; undefined when there is none or it is a zombie. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = processIdentity(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly this process still lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return processIdentity(identity.pid) === identity.startedAt;
}

/**
 * A text that no other process with this number ever has: boot and start time. Undefined when no such process lives
 * (a zombie does not). A number alone proves nothing, because numbers are used again.
 */
export function processIdentity(pid: number): string | undefined {
  return onLinux ? linuxIdentity(pid) : psIdentity(pid);
}

/** The command line of a living process, its arguments joined by spaces; undefined when it cannot be told. */
export function commandLineOf(pid: number): string | undefined {
  if (processIdentity(pid) === undefined) return undefined;
  if (onLinux) return readOrUndefined(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ").trim();
  return ps(pid, "command=");
}

/** Whether a process group still has a living member. */
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

let bootId: string | undefined;

function linuxIdentity(pid: number): string | undefined {
  const stat = readStat(pid);
  if (stat === undefined || isDead(stat)) return undefined;
  bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${bootId}:${stat.startTicks}`;
}

function psIdentity(pid: number): string | undefined {
  const text = ps(pid, "stat=,lstart=");
  return text === undefined || text === "" || text.startsWith("Z") ? undefined : text.replace(/^\S+\s+/, "");
}

function ps(pid: number, columns: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
