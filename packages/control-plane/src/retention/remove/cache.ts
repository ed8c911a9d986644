import { join } from "node:path";
import { keepBuildsAway } from "../../build/cache-lock.ts";
import { tryLockFile } from "../../processes/lock-file.ts";
import { cachePlaceOf } from "../collect/caches.ts";
import type { RetentionContext } from "../context.ts";
import type { KeptItem } from "../facts.ts";
import { takeAway } from "../going.ts";

/** Removes one entry of a cache, or a whole one, unless somebody may be using it. */
export async function removeCache(context: RetentionContext, item: KeptItem): Promise<boolean> {
  const path = join(context.dataDirectory, item.name);
  const take = (): Promise<() => Promise<void>> => takeAway(context.dataDirectory, path);
  const finish = cachePlaceOf(item)?.guard === "lock_file" ? await whileUnlocked(`${path}.lock`, take) : await whileNobodyBuilds(context, take);
  await finish?.();
  return finish !== undefined;
}

async function whileUnlocked<T>(lockFile: string, action: () => Promise<T>): Promise<T | undefined> {
  const release = tryLockFile(lockFile);
  if (release === undefined) return undefined;
  try {
    return await action();
  } finally {
    release();
  }
}

async function whileNobodyBuilds<T>({ handle }: RetentionContext, action: () => Promise<T>): Promise<T | undefined> {
  return handle.db.transaction().execute(async (trx) => ((await keepBuildsAway(trx)) ? action() : undefined));
}
