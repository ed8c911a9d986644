import { existsSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import type { Logger } from "pino";
import { lockKind, tryLockFile } from "../../processes/lock-file.ts";
import { signalProcess } from "../sandbox/process-tree.ts";
import { orphanGroups } from "./control-groups.ts";
import { orphanFiles } from "./files.ts";
import type { Orphan } from "./orphan.ts";
import { isOrphan, orphanProcesses } from "./processes.ts";

/**
 * Everything on this machine that workers on this data directory left behind which are gone: processes, control groups, workspaces, half-made
 * files, locks. What a living process holds is never among it. In the order in which it can be removed.
 */
export async function findOrphans(dataDirectory: string): Promise<readonly Orphan[]> {
  return [...orphanProcesses(dataDirectory), ...(await orphanGroups()), ...orphanFiles(dataDirectory)];
}

/** Removes what `findOrphans` finds, with a line in the log for each; what was removed. */
export async function removeOrphans(dataDirectory: string, logger: Pick<Logger, "warn">): Promise<readonly Orphan[]> {
  const removed: Orphan[] = [];
  for (const orphan of await findOrphans(dataDirectory)) {
    try {
      if (!(await remove(orphan, dataDirectory))) continue;
      logger.warn({ orphan: orphan.kind, name: orphan.name }, `removed: ${orphan.text}`);
      removed.push(orphan);
    } catch (error) {
      logger.warn({ err: error, orphan: orphan.kind, name: orphan.name }, "what a lost worker left behind could not be removed; it is tried again");
    }
  }
  return removed;
}

/** False when it is none any more: gone, or taken by another. */
async function remove({ kind, name }: Orphan, dataDirectory: string): Promise<boolean> {
  switch (kind) {
    case "process":
      if (!isOrphan(Number(name), dataDirectory)) return false;
      signalProcess(Number(name), "SIGKILL");
      return true;
    case "control_group":
      return removeGroup(name);
    case "workspace":
      return holding(`${name}.lock`, () => rm(name, { recursive: true, force: true }));
    case "half_made":
      await rm(name, { recursive: true, force: true });
      return true;
    case "lock":
      return removeLock(name);
  }
}

/** One whose processes have only just been killed is busy still: the next time it goes. */
async function removeGroup(path: string): Promise<boolean> {
  return rmdir(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EBUSY" || error.code === "ENOENT") return false;
      throw error;
    },
  );
}

/** A lock by taking it and giving it back; nobody else touches a claim. */
async function removeLock(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  if (lockKind(path) === "lock") return holding(path, () => Promise.resolve());
  await rm(path, { force: true });
  return true;
}

async function holding(lock: string, action: () => Promise<void>): Promise<boolean> {
  const release = tryLockFile(lock);
  if (release === undefined) return false;
  try {
    await action();
    return true;
  } finally {
    release();
  }
}
