import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";

/** How the files below two directories differ, one line for each path, by path; empty when they are the same. */
export async function compareTrees(left: string, right: string): Promise<readonly string[]> {
  const [before, after] = [await readTree(left), await readTree(right)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    return [is === undefined ? `${path} is missing` : was === undefined ? `${path} is new` : `${path} differs`];
  });
}

/** What each path holds: its kind, whether it can be run, and the hash of its contents. */
async function readTree(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isDirectory()) found.set(relative(root, file), await describe(file));
  }
  return found;
}

async function describe(file: string): Promise<string> {
  const stats = await lstat(file);
  if (stats.isSymbolicLink()) return `link ${await readlink(file)}`;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return `${(stats.mode & 0o111) === 0 ? "file" : "program"} ${hash.digest("hex")}`;
}
