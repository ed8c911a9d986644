import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.ts";

const runtimeEntry = "node_modules/@modyard/runtime";

/**
 * Gives the lockfile the integrity of the tarball that is really there: the runtime's entry is taken out, and npm
 * writes it anew. Everything else is locked already, so npm asks no registry.
 */
export async function refreshLockfile(directory: string): Promise<void> {
  const path = join(directory, "package-lock.json");
  const lockfile = JSON.parse(await readFile(path, "utf8")) as { packages: Record<string, unknown> };
  delete lockfile.packages[runtimeEntry];
  await writeFile(path, `${JSON.stringify(lockfile, null, 2)}\n`);
  await run(directory, "npm", "install", "--package-lock-only", "--ignore-scripts", "--prefer-offline", "--silent");
}
