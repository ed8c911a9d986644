import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { reportVariable } from "./counts-reporter.ts";
import { countsLine, filesToTryAgain, passedOnlyAgain, withSecondRun, type RunReport } from "./test-report.ts";

// All tests, by the one command that CI calls too. Arguments are handed to vitest: `npm test -- manifest`.
const vitest = join(import.meta.dirname, "..", "node_modules", "vitest", "vitest.mjs");
const folder = mkdtempSync(join(tmpdir(), "modyard-tests-"));

// npm tells its scripts where its settings are, also where that says nothing new: tests would run differently than by `vitest run`.
const { npm_config_userconfig: told, ...environment } = process.env;
if (told !== undefined && told !== join(homedir(), ".npmrc")) environment["npm_config_userconfig"] = told;

/** Runs vitest; undefined where it did not come to its end. */
function run(...args: readonly string[]): RunReport | undefined {
  const path = join(folder, "report.json");
  rmSync(path, { force: true });
  const { status } = spawnSync(process.execPath, [vitest, "run", ...args], { stdio: "inherit", env: { ...environment, [reportVariable]: path } });
  process.exitCode = status ?? 1;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as RunReport;
  } catch {
    return undefined;
  }
}

const first = run(...process.argv.slice(2));
if (first !== undefined) {
  const files = process.env["CI"] === "true" ? filesToTryAgain(first) : [];
  // As paths from the root, with their folder: a word would stand for every file that contains it.
  const again = files.length === 0 ? undefined : run(...files.map((path) => join(import.meta.dirname, "..", path)));
  const merged = again === undefined ? first : withSecondRun(first, again);
  process.stdout.write([...passedOnlyAgain(first, merged), countsLine(merged), ""].join("\n"));
}
rmSync(folder, { recursive: true, force: true });
