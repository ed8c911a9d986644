import { readdirSync } from "node:fs";
import { processIdentity } from "../../processes/identity.ts";
import { readEnvironment, readStat } from "../../processes/proc.ts";

/** Variables in an application's environment by which a gateway recognises its own processes, after any crash. */
export const marker = { gateway: "MODYARD_GATEWAY", release: "MODYARD_RELEASE_ID" } as const;

/** A process that a gateway of this directory started and that leads its own process group. */
export interface MarkedProcess {
  readonly pid: number;
  readonly identity: string;
  readonly releaseId: string;
  readonly port: number;
}

const onLinux = process.platform === "linux";

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
    const identity = processIdentity(pid);
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
