import { lstat, readdir, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Space that a file or a directory with everything in it takes on the disk. What vanishes meanwhile counts nothing. */
export async function bytesOf(path: string): Promise<number> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return 0;
  const own = stats.blocks * 512;
  if (!stats.isDirectory()) return own;
  let total = own;
  // One after the other: this is never in a hurry, and builds want the disk too.
  for (const name of await readdir(path).catch(() => [])) total += await bytesOf(join(path, name));
  return total;
}

/** When a path was changed last; undefined when it is not there. */
export async function changedAt(path: string): Promise<Date | undefined> {
  return (await lstat(path).catch(() => undefined))?.mtime;
}

/** Names in a directory, sorted; none when it is not there. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  return (await readdir(directory).catch(() => [])).toSorted();
}

/** Free space of the file system that the directory lies on, in bytes. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
