import { cp } from "node:fs/promises";
import { join } from "node:path";
import { commitAll } from "../example/repository.ts";
import { repositoryRoot } from "../example/files.ts";

/** The module that the drill installs and uninstalls in turn. */
export const module = "extra";

/** Writes the drill's host: the smallest one that does everything, so that a build is over in a second. */
export async function writeHost(directory: string): Promise<void> {
  await cp(join(repositoryRoot, "test", "fixtures", "hosts", "drill"), directory, { recursive: true });
  await commitAll(directory, "Drill Host");
}
