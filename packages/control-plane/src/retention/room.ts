import { fail } from "../errors/problem.ts";
import type { RetentionContext } from "./context.ts";
import { freeBytes } from "./disk.ts";
import { previewRetention, runRetention } from "./run-retention.ts";

/** While the disk is full, so much time is between two attempts to make room: each looks at everything that is kept. */
const pauseMs = 30_000;

/** Refuses builds that the disk has no room for. Throws disk_full. */
export type AssertRoom = () => Promise<void>;

/** Makes room for a build where that is possible, and refuses it where it is not, before it harms anything. */
export function roomKeeper(context: RetentionContext, neededBytes: number): AssertRoom {
  let triedAt = Number.NEGATIVE_INFINITY;
  let trying: Promise<void> | undefined;
  const makeRoom = async (): Promise<void> => {
    const missing = neededBytes - (await freeBytes(context.dataDirectory));
    try {
      await runRetention(context, { actor: "modyard", reason: "the disk is nearly full", room: missing });
    } finally {
      triedAt = performance.now();
    }
  };
  return async () => {
    if ((await freeBytes(context.dataDirectory)) >= neededBytes) return;
    if (performance.now() - triedAt > pauseMs) await (trying ??= makeRoom().finally(() => (trying = undefined)));
    const free = await freeBytes(context.dataDirectory);
    if (free >= neededBytes) return;
    await refuse(context, free, neededBytes);
  };
}

async function refuse(context: RetentionContext, free: number, needed: number): Promise<never> {
  const { removals } = await previewRetention(context, needed - free);
  const removable = removals.reduce((sum, { bytes }) => sum + bytes, 0);
  const rest = removable === 0 ? "nothing that may be removed is left" : `removing what is no longer needed would free ${megabytes(removable)} MB`;
  const details = { free_bytes: free, needed_bytes: needed, removable_bytes: removable };
  return fail("disk_full", `only ${megabytes(free)} MB are free in the data directory; a build needs ${megabytes(needed)} MB, and ${rest}`, { details });
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
