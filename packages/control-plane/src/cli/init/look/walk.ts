import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";

/** Directories that hold no sources of the repository itself. */
const LEFT_OUT = new Set(["node_modules", "target", "dist", "coverage", "__fixtures__", "fixtures", "testdata"]);

const MAX_DEPTH = 7;
const MAX_ENTRIES = 200_000;

/** Files found by their names, and whether there was more than anyone would look through. */
export interface Walk {
  /** Relative paths with `/`, sorted. */
  readonly paths: readonly string[];
  readonly cutShort: boolean;
}

/**
 * Lists the files below a directory that `wanted` accepts. Symbolic links are not followed, so neither loops nor other places
 * are visited; directories that cannot be read are passed over.
 */
export async function walk(root: string, wanted: (name: string) => boolean, depth = MAX_DEPTH): Promise<Walk> {
  const paths: string[] = [];
  let level = [""];
  let seen = 0;
  for (let below = 0; below <= depth && level.length > 0 && seen < MAX_ENTRIES; below += 1) {
    const next: string[] = [];
    // One level at a time, a few directories at once: a repository of thousands of packages takes a moment, not the machine.
    for (let start = 0; start < level.length && seen < MAX_ENTRIES; start += 32) {
      const batch = level.slice(start, start + 32);
      const lists = await Promise.all(batch.map((directory) => entriesOf(join(root, directory))));
      for (const [index, entries] of lists.entries()) {
        seen += entries.length;
        for (const entry of entries) {
          const path = posix.join(batch[index] ?? "", entry.name);
          if (entry.isDirectory() && !LEFT_OUT.has(entry.name) && !entry.name.startsWith(".")) next.push(path);
          if (entry.isFile() && wanted(entry.name)) paths.push(path);
        }
      }
    }
    level = next;
  }
  return { paths: paths.toSorted(), cutShort: seen >= MAX_ENTRIES };
}

function entriesOf(directory: string): Promise<Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch(() => []);
}
