import { readFile, stat } from "node:fs/promises";

const MAX_BYTES = 1_000_000;

/** Whether something is a plain file of a bearable size: pipes and devices would never end. */
export function isSmallFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile() && found.size <= MAX_BYTES, () => false);
}

/** The text of a small plain file; undefined when it is none or cannot be read. */
export async function readSmall(path: string): Promise<string | undefined> {
  return (await isSmallFile(path)) ? readFile(path, "utf8").catch(() => undefined) : undefined;
}
