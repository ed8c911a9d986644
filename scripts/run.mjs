// Runs one of this repository's programs, installing what it needs first. Plain JavaScript for any Node >= 20: it is
// what `npm run demo` and `npm test` start with on a fresh machine, before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const mark = join(modules, ".modyard-installed");
const node24 = join(modules, "node", "bin", "node");

function main([program, ...args]) {
  if (Number(process.versions.node.split(".")[0]) < 20) stop("Modyard needs Node 20 or newer; this is " + process.version + ".");
  if (spawnSync("git", ["--version"]).status !== 0) stop("Modyard needs git; install it and try again.");
  install();
  const environment = { ...process.env, PATH: `${join(modules, ".bin")}:${process.env.PATH}` };
  const result = spawnSync(node24, [join(root, program), ...args], { stdio: "inherit", cwd: root, env: environment });
  process.exit(result.status ?? 1);
}

/** `npm ci`, unless exactly this lockfile is installed already. */
function install() {
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  const installed = existsSync(mark) && readFileSync(mark, "utf8") === lock && existsSync(node24);
  if (installed) return;
  console.error("Installing what Modyard needs (once) …");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: ["ignore", 2, 2], cwd: root });
  if (result.status !== 0) stop("npm ci failed; its words are above.");
  if (!existsSync(node24)) stop("The npm package `node` brought no program: its install script did not run. Allow it (`npm config set ignore-scripts false`) and try again.");
  mkdirSync(modules, { recursive: true });
  writeFileSync(mark, lock);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

// Ctrl-C reaches the program through the terminal; it ends in its own time and this process passes its answer on.
process.on("SIGINT", () => undefined);
main(process.argv.slice(2));
