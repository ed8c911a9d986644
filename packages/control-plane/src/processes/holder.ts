import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { processIdentity } from "./identity.ts";

/**
 * Names a process in leases: `HOST:PID:MACHINE.START`. The last two tell whether another process can judge it (same boot of the same
 * machine, same numbering of processes) and whether the process with that number is still this one.
 */
export function describeHolder(pid: number = process.pid): string {
  const [machine, start] = stampOf(pid) ?? [];
  const name = `${hostname()}:${pid}`;
  return machine === undefined || start === undefined ? name : `${name}:${machine}.${start}`;
}

/** True only when it is proved that this holder lives no more; false for one of another machine, boot or container. */
export function isDeadHolder(holder: string): boolean {
  const { pid, machine, start } = /^[^:]+:(?<pid>\d+):(?<machine>[0-9a-f]+)\.(?<start>\d+)$/.exec(holder)?.groups ?? {};
  const here = stampOf(process.pid)?.[0];
  if (pid === undefined || here === undefined || machine !== here) return false;
  return stampOf(Number(pid))?.[1] !== start;
}

/** Where a process's number counts, and when it started. Undefined where there is no such process, or no way to tell. */
function stampOf(pid: number): readonly [machine: string, start: string] | undefined {
  if (process.platform !== "linux") return undefined;
  const [boot, start] = processIdentity(pid)?.split(":") ?? [];
  if (boot === undefined || start === undefined) return undefined;
  const numbering = readlinkSync("/proc/self/ns/pid");
  return [createHash("sha256").update(`${boot} ${numbering}`).digest("hex").slice(0, 8), start];
}
