// Writes the API's description and the client that is generated from it: `node scripts/write-client.ts`, after each change of a route.
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTestApi } from "../test/support/api.ts";
import { repositoryRoot } from "./example/files.ts";

const description = join(repositoryRoot, "packages", "control-plane", "schemas", "openapi.json");
const client = join(repositoryRoot, "packages", "control-plane", "src", "client", "generated");
const generator = join(import.meta.dirname, "client");

const api = await openTestApi();
try {
  writeFileSync(description, `${JSON.stringify((await api.app.inject("/openapi.json")).json(), null, 2)}\n`);
} finally {
  await api.close();
}
if (!existsSync(join(generator, "node_modules"))) execFileSync("npm", ["ci"], { cwd: generator, stdio: "inherit" });
rmSync(client, { recursive: true, force: true });
execFileSync(process.execPath, ["generate.mjs", description, client], { cwd: generator, stdio: "inherit" });
console.log(`${description}\n${client}`);
