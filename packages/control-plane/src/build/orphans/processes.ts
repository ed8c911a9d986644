import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { commandLineOf, processIdentity } from "../../processes/identity.ts";
import { ownerOf } from "../../processes/lock-file.ts";
import { readEnvironment } from "../../processes/proc.ts";
import { workerOf } from "../sandbox/marker.ts";
import type { Orphan } from "./orphan.ts";

/**
 * Processes of builds of this data directory whose worker is gone. They are known by the marker in their environment, or, when they
 * threw that away, by working in a workspace that nobody holds. None where there is no `/proc`.
 */
export function orphanProcesses(dataDirectory: string): Orphan[] {
  if (process.platform !== "linux") return [];
  const pids = readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  return pids.filter((pid) => isOrphan(pid, dataDirectory)).map((pid) => ({ kind: "process", name: String(pid), text: `process of a build whose worker is gone: ${(commandLineOf(pid) ?? "").slice(0, 200)}` }));
}

/** Whether a process is one of a build that nobody runs any more: asked again before it is killed. */
export function isOrphan(pid: number, dataDirectory: string): boolean {
  const environment = readEnvironment(pid) ?? new Map<string, string>();
  // HOME may be the operator's.
  const slot = slotOf(environment.get("XDG_CACHE_HOME") ?? "", dataDirectory) ?? slotOf(directoryOf(pid), dataDirectory);
  if (slot === undefined || processIdentity(pid) === undefined) return false;
  const worker = workerOf(environment);
  return worker === undefined ? ownerOf(join(dataDirectory, "workspaces", `${slot}.lock`)) !== "lives" : worker === "gone";
}

/** The workspace's number in a path below the data directory's workspaces. */
function slotOf(path: string, dataDirectory: string): string | undefined {
  const prefix = join(dataDirectory, "workspaces", "/");
  return path.startsWith(prefix) ? /^\d+(?=\/|$)/.exec(path.slice(prefix.length))?.[0] : undefined;
}

function directoryOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It ended, or belongs to somebody else.
    return "";
  }
}
