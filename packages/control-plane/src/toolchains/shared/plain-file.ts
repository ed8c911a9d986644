import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";

/** What is read here are manifests and lockfiles. In bytes. */
const largest = 64 * 1024 * 1024;
/** A pipe is opened without waiting for somebody who writes into it. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * The text of a file in a place where others put files: a host's repository, or a workspace in which build code ran. Undefined where
 * there is none, and for what is no plain file or is far too large: reading a pipe or a device would never end.
 */
export async function readPlainFile(file: string): Promise<string | undefined> {
  const handle = await open(file, flags).catch(() => undefined);
  try {
    const stats = await handle?.stat();
    return stats?.isFile() === true && stats.size <= largest ? await handle?.readFile("utf8") : undefined;
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}

/** The same at once, for small files. */
export function readPlainFileSync(file: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, flags);
    const stats = fstatSync(descriptor);
    return stats.isFile() && stats.size <= largest ? readFileSync(descriptor, "utf8") : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
