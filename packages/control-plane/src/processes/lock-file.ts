import { createHash } from "node:crypto";
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

/** Whether the owner of a lock, or of a claim to one, still lives; undefined where there is none, or no file of ours. */
export function ownerOf(path: string): "lives" | "gone" | undefined {
  const owner = ownerSchema.safeParse(parseOrUndefined(readLock(path)));
  if (!owner.success) return undefined;
  return isAlive(owner.data) ? "lives" : "gone";
}

/** Whether this is the name of a lock that `tryLockFile` takes, or of a claim to one, `LOCK.PID.RANDOM`, which only its maker touches. */
export function lockKind(name: string): "lock" | "claim" | undefined {
  if (/\.lock(\.[0-9a-f]{16})?$/.test(name)) return "lock";
  return /\.lock(\.[0-9a-f]{16})?\.\d+\.[0-9a-z]+$/.test(name) ? "claim" : undefined;
}

function tryAcquire(path: string): boolean {
  const claim = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(claim, JSON.stringify(identifyProcess(process.pid)));
  try {
    linkSync(claim, path);
    return true;
  } catch (error) {
    // Anything but "it is there" would be waited for without end.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    removeIfAbandoned(path);
    return false;
  } finally {
    rmSync(claim, { force: true });
  }
}

function removeIfAbandoned(path: string): void {
  const text = readLock(path);
  if (text === undefined || isHeld(text)) return;
  // Of all who judged this very lock, one may remove it: otherwise the slower would remove the lock that the faster took.
  const release = tryLockFile(`${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`);
  if (release === undefined) return;
  try {
    if (readLock(path) === text) rmSync(path, { force: true });
  } finally {
    release();
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Released in the meantime: the next attempt will tell.
    return undefined;
  }
}

/** A lock file appears with its whole content at once: one that cannot be read is what a crashed machine left. */
function isHeld(text: string): boolean {
  const owner = ownerSchema.safeParse(parseOrUndefined(text));
  return owner.success && isAlive(owner.data);
}

function parseOrUndefined(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
