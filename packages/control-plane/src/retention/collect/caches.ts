import { join, relative } from "node:path";
import { bytesOf, changedAt, namesIn } from "../disk.ts";
import type { KeptItem } from "../facts.ts";

/** One place below `cache/` of the data directory. */
export interface CachePlace {
  readonly kind: "build_cache" | "download_cache";
  /** Below `cache/`. */
  readonly directory: string;
  /** Whether each entry can go by itself, or only all of it together. */
  readonly entries: boolean;
  /** What keeps an entry from being used while it goes: its lock file, or that no build is under way. */
  readonly guard: "lock_file" | "no_builds";
}

/** Every cache that toolchains keep. The npm trees are only read while a build is under way. */
const cachePlaces: readonly CachePlace[] = [
  { kind: "build_cache", directory: "npm/trees", entries: true, guard: "no_builds" },
  { kind: "build_cache", directory: "cargo/targets", entries: true, guard: "lock_file" },
  { kind: "download_cache", directory: "npm/downloads", entries: false, guard: "no_builds" },
  { kind: "download_cache", directory: "cargo/home", entries: false, guard: "no_builds" },
  { kind: "download_cache", directory: "git", entries: true, guard: "no_builds" },
];

/** The place that an item of the caches lies in. */
export function cachePlaceOf({ name }: Pick<KeptItem, "name">): CachePlace | undefined {
  return cachePlaces.find(({ directory, entries }) => (entries ? name.startsWith(`cache/${directory}/`) : name === `cache/${directory}`));
}

export async function collectCaches(dataDirectory: string): Promise<readonly KeptItem[]> {
  const found = await Promise.all(cachePlaces.map(async (place) => (await pathsOf(dataDirectory, place)).map((path) => ({ place, path }))));
  return Promise.all(
    found.flat().map(async ({ place: { kind }, path }) => ({ kind, name: relative(dataDirectory, path), bytes: await bytesOf(path), usedAt: (await changedAt(path)) ?? new Date() })),
  );
}

async function pathsOf(dataDirectory: string, { directory, entries }: CachePlace): Promise<readonly string[]> {
  const path = join(dataDirectory, "cache", directory);
  if (!entries) return (await changedAt(path)) === undefined ? [] : [path];
  return (await namesIn(path)).filter((name) => !name.startsWith(".") && !name.endsWith(".lock")).map((name) => join(path, name));
}
