import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { identifyProcess, isAlive } from "./identity.ts";

const ownerSchema = z.object({ pid: z.number(), startedAt: z.string() });

/**
 * Runs `action` while this process alone holds the lock file. A lock whose owner died is taken over,
 * and only after the system has said that exactly this process is gone.
 */
export async function withLockFile<T>(path: string, action: () => Promise<T>): Promise<T> {
  for (;;) {
    const release = tryLockFile(path);
    if (release === undefined) {
      await sleep(25);
      continue;
    }
    try {
      return await action();
    } finally {
      release();
    }
  }
}

/** Takes the lock file without waiting; the function that gives it back, or undefined when a living process holds it. */
export function tryLockFile(path: string): (() => void) | undefined {
  if (!tryAcquire(path) && !tryAcquire(path)) return undefined;
  return () => rmSync(path, { force: true });
}

function tryAcquire(path: string): boolean {
  const claim = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(claim, JSON.stringify(identifyProcess(process.pid)));
  try {
    linkSync(claim, path);
    return true;
  } catch {
    removeIfAbandoned(path);
    return false;
  } finally {
    rmSync(claim, { force: true });
  }
}

function removeIfAbandoned(path: string): void {
  try {
    const text = readFileSync(path, "utf8");
    const owner = ownerSchema.parse(JSON.parse(text));
    if (isAlive(owner)) return;
    // Another waiter may have replaced it in between: only the very file that was judged may go.
    if (readFileSync(path, "utf8") === text) rmSync(path, { force: true });
  } catch {
    // Released in the meantime: the next attempt will tell.
  }
}
