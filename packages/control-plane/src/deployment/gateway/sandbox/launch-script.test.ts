import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, constantFrom, dictionary, oneof, property, string, stringMatching } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLaunch, readLaunch } from "./launch-script.ts";

let directory: string;
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), "modyard-launch-"))));
afterAll(() => rmSync(directory, { recursive: true }));

/** What `command` prints when it is launched with this environment. */
function launched(command: readonly [string, ...string[]], env: Readonly<Record<string, string>>): string {
  const launch = openLaunch(directory, { command, env });
  try {
    const [shell, ...args] = readLaunch;
    return execFileSync(shell, args, { env: { PATH: "/usr/bin:/bin", MARK: "1", LEFT: "over" }, stdio: ["ignore", "pipe", "inherit", launch], encoding: "utf8" });
  } finally {
    closeSync(launch);
  }
}

// What shells keep for themselves, or read in a way of their own.
const odd = ["LANG", "LC_ALL", "UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_ENV", "SHLVL", "PWD", "OLDPWD", "OPTIND", "RANDOM", "GROUPS", "IFS", "PS4", "ENV", "a.b", "a-b", "POSIXLY_CORRECT", "LD_LIBRARY_PATH"];
const name = oneof(constantFrom(...odd), stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{1,12}$/));
const value = string({ unit: "binary" }).filter((text) => !text.includes("\0"));

test("a command has exactly the environment that it is given, whatever shells think of names and values", () => {
  assert(
    property(dictionary(name, value), (env) => {
      const given = { ...env, PATH: "/nowhere", MARK: "1", LEFT: "over" };
      const seen = launched(["/usr/bin/env", "-0"], given).split("\0").filter((line) => line !== "" && !line.startsWith("_="));
      expect(seen.toSorted()).toEqual(Object.entries(given).map((pair) => pair.join("=")).filter((line) => !line.startsWith("_=")).toSorted());
    }),
    { numRuns: 25 },
  );
});

test("its arguments reach it as they are, and it finds no descriptor and no file of the script", () => {
  const args = ["a b", "$(touch x)", "'\"\\", "", "-n", "ünï\ncode", "*"];
  expect(launched(["/usr/bin/printf", "%s\\0", ...args], {})).toBe(args.map((each) => `${each}\0`).join(""));
  expect(launched(["/bin/ls", "/proc/self/fd"], {})).not.toMatch(/^[4-9]$/m);
  expect(readdirSync(directory)).toEqual([]);
});
