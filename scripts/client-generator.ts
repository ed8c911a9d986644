import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./example/files.ts";

/** The API's description as it is kept in the repository. */
export const descriptionFile = join(repositoryRoot, "packages", "control-plane", "schemas", "openapi.json");

/** The client that is generated from it. */
export const generatedClient = join(repositoryRoot, "packages", "control-plane", "src", "client", "generated");

const generator = join(import.meta.dirname, "client");

/** Whether the generator's own packages are installed: they are apart from the workspace's. */
export function isGeneratorInstalled(): boolean {
  return existsSync(join(generator, "node_modules"));
}

/** Writes the client of `descriptionFile` into an empty or new directory; installs the generator first where it is not. */
export function generateClient(directory: string): void {
  if (!isGeneratorInstalled()) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: generator, stdio: "inherit" });
  execFileSync(process.execPath, ["generate.mjs", descriptionFile, directory], { cwd: generator, stdio: "inherit" });
}
