import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { treeDirectories, type Lockfile } from "./lockfile.ts";
import { readMark, writeMark } from "./tree-cache.ts";

/** A directory whose files are the cache's own, and which one it is: another in its place has another number. */
const lentDirectory = z.object({ path: z.string(), inode: z.string() });
export type LentDirectory = z.output<typeof lentDirectory>;

const prefix = "lent ";

/**
 * Notes in the workspace which directories were lent to it. The note lies in one of them, where build code cannot write: what it
 * says of the lockfile, which build code can rewrite, does not count.
 */
export async function noteLent(workspace: string, { packages }: Lockfile): Promise<void> {
  await writeMark(workspace, prefix);
  const paths = [...new Set(["node_modules", ...treeDirectories(packages)])];
  const found = await Promise.all(paths.map(async (path) => ({ path, inode: await inodeOf(join(workspace, path)) })));
  await writeMark(workspace, prefix + JSON.stringify(found.filter(({ inode }) => inode !== undefined)));
}

/** What was lent to the workspace; undefined where its tree is its own. */
export async function readLent(workspace: string): Promise<readonly LentDirectory[] | undefined> {
  const mark = await readMark(workspace);
  return mark?.startsWith(prefix) === true ? z.array(lentDirectory).parse(JSON.parse(mark.slice(prefix.length))) : undefined;
}

/** Of what was lent, what is no longer where it was: build code moved a folder above it, and would write into the cache's files next. */
export async function movedAway(workspace: string, lent: readonly LentDirectory[]): Promise<readonly string[]> {
  const inodes = await Promise.all(lent.map(({ path }) => inodeOf(join(workspace, path))));
  return lent.flatMap(({ path, inode }, index) => (inodes[index] === inode ? [] : [path]));
}

async function inodeOf(path: string): Promise<string | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined);
  return found?.isDirectory() === true ? `${found.dev}:${found.ino}` : undefined;
}
