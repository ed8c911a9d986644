import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** This repository's root. */
export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Where what takes long to make is kept from run to run. */
export const cacheDirectory = join(repositoryRoot, "node_modules", ".cache", "modyard");
const leftOut = new Set(["node_modules", "dist", ".build", "vendor", "target"]);

/** True for what a person wrote; false for what a build leaves behind. */
export function isSource(path: string): boolean {
  return !relative(repositoryRoot, path).split("/").some((part) => leftOut.has(part));
}

/** One SHA-256 over the names and contents of all sources below the paths, and over the texts given. */
export async function hashSources(paths: readonly string[], ...texts: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\0`);
  for (const path of paths) {
    for (const file of await sourceFiles(path)) hash.update(`${relative(repositoryRoot, file)}\0`).update(await readFile(file)).update("\0");
  }
  return hash.digest("hex");
}

async function sourceFiles(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter(isSource).toSorted();
}

/**
 * The cached directory of this key; `make` fills it when it is not there. Two processes that make it at once do not
 * disturb each other: the first one to finish wins.
 */
export async function cachedDirectory(kind: string, key: string, make: (directory: string) => Promise<void>): Promise<string> {
  const found = await findCachedDirectory(kind, key);
  if (found !== undefined) return found;
  const cached = placeOf(kind, key);
  await mkdir(dirname(cached), { recursive: true });
  const draft = await mkdtemp(`${cached}.`);
  try {
    await make(draft);
    await rename(draft, cached).catch(ignoreExisting);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return cached;
}

/** The cached directory of this key, when it was made. */
export async function findCachedDirectory(kind: string, key: string): Promise<string | undefined> {
  const entries = await readdir(placeOf(kind, key)).catch(() => []);
  return entries.length > 0 ? placeOf(kind, key) : undefined;
}

const placeOf = (kind: string, key: string): string => join(cacheDirectory, kind, key.slice(0, 32));

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}
