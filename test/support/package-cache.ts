import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cachedDirectory } from "../../scripts/example/files.ts";

/** Gives a new control plane the downloads of earlier ones: the second build of a host does not pay for the first one's. */
export async function fillCache(host: string, data: string): Promise<void> {
  const kept = await kindOf(host, () => Promise.resolve());
  if (existsSync(join(kept, "npm"))) await cp(kept, join(data, "cache"), { recursive: true, verbatimSymlinks: true });
}

/** Keeps what a control plane downloaded for the next ones, unless that was done. */
export async function keepCache(host: string, data: string): Promise<void> {
  const cache = join(data, "cache");
  if (existsSync(join(cache, "npm"))) await kindOf(host, (directory) => cp(cache, directory, { recursive: true, verbatimSymlinks: true }));
}

async function kindOf(host: string, make: (directory: string) => Promise<void>): Promise<string> {
  const lockfile = await readFile(join(host, "package-lock.json"));
  return cachedDirectory("e2e", createHash("sha256").update(process.version).update(lockfile).digest("hex"), make);
}
