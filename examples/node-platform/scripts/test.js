// Runs the compiled tests of the installed modules and of the server.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { references } = JSON.parse(readFileSync(join(root, "tsconfig.modules.json"), "utf8"));

function testsIn(directory) {
  const dist = join(directory, "dist");
  if (!existsSync(join(root, dist))) return [];
  const names = readdirSync(join(root, dist), { recursive: true }).filter((name) => name.endsWith(".test.js"));
  return names.map((name) => join(dist, name)).toSorted();
}

const files = [...references.map(({ path }) => path), "apps/server"].flatMap(testsIn);
if (files.length === 0) {
  process.stderr.write("No compiled tests: run `npm run build` first.\n");
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
