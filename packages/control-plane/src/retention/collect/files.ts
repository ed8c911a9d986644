import { join, relative } from "node:path";
import { damagedSuffix } from "../../build/artifacts/directory-store.ts";
import { locatePlaces } from "../../database/embedded/places.ts";
import type { RetentionContext } from "../context.ts";
import { bytesOf, changedAt, namesIn } from "../disk.ts";
import type { KeptItem } from "../facts.ts";
import { goingDirectory } from "../going.ts";

/** A file that is being written grows; one that did not for so long belongs to nobody who lives. */
const abandonedMs = 3600 * 1000;

export async function collectArtifacts({ artifacts }: RetentionContext): Promise<readonly KeptItem[]> {
  return (await artifacts.list()).map(({ digest, bytes, publishedAt }) => ({ kind: "artifact" as const, name: `artifacts/${digest}`, digest, bytes, usedAt: publishedAt }));
}

/** What an earlier removal did not finish, and artifacts that were never written to their end. */
export async function collectLeftovers({ dataDirectory }: RetentionContext, now: Date): Promise<readonly KeptItem[]> {
  const going = (await namesIn(goingDirectory(dataDirectory))).map((name) => join(goingDirectory(dataDirectory), name));
  const partial = (await namesIn(join(dataDirectory, "artifacts"))).filter((name) => name.endsWith(".partial")).map((name) => join(dataDirectory, "artifacts", name));
  const all = await Promise.all([...going, ...partial].map(async (path) => ({ path, usedAt: (await changedAt(path)) ?? now })));
  const abandoned = all.filter(({ path, usedAt }) => going.includes(path) || now.getTime() - usedAt.getTime() > abandonedMs);
  return Promise.all(abandoned.map(async ({ path, usedAt }) => ({ kind: "leftover" as const, name: relative(dataDirectory, path), bytes: await bytesOf(path), usedAt })));
}

/** Artifacts that were set aside, in the store's directory or in a registry's cache. */
export async function collectDamaged({ dataDirectory }: RetentionContext, now: Date): Promise<readonly KeptItem[]> {
  const names = (await namesIn(join(dataDirectory, "artifacts"))).filter((name) => name.endsWith(damagedSuffix));
  return Promise.all(names.map(async (name) => {
    const path = join(dataDirectory, "artifacts", name);
    return { kind: "damaged_artifact" as const, name: relative(dataDirectory, path), bytes: await bytesOf(path), usedAt: (await changedAt(path)) ?? now };
  }));
}

/** The embedded database's own log; it may lie elsewhere, where the data directory is closed to its user. */
export async function collectDatabaseLog({ dataDirectory }: RetentionContext): Promise<readonly KeptItem[]> {
  const { log } = locatePlaces(dataDirectory);
  const usedAt = await changedAt(log);
  return usedAt === undefined ? [] : [{ kind: "server_log", name: relative(dataDirectory, log), bytes: await bytesOf(log), usedAt }];
}
