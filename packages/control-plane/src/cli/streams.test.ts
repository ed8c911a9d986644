import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("main.ts", import.meta.url));

/** How a command line of the shell ends, `$0` being Node and `$1` the program, and what it writes to standard error. */
async function ran(script: string, options: SpawnOptions = {}): Promise<readonly [number | null, string]> {
  const child = spawn("/bin/bash", ["-c", script, process.execPath, program], { ...options, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close") as Promise<[number | null]>;
  const written = child.stderr === null ? "" : await text(child.stderr);
  return [(await ended)[0], written];
}

it("ends as other programs where nobody reads to the end, and not as if all were well", async () => {
  expect(await ran('set -o pipefail; "$0" "$1" --help | true')).toEqual([141, ""]);
});

it.runIf(process.platform === "linux")("fails where the result cannot be written, and says so", async () => {
  expect(await ran('"$0" "$1" --help > /dev/full')).toEqual([1, expect.stringMatching(/^error: the result cannot be written: .*ENOSPC.*\n$/)]);
});

it("says that its directory is gone", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "modyard-gone-"));
  expect(await ran('rmdir "$PWD" && "$0" "$1" list-modules', { cwd })).toEqual([2, expect.stringMatching(/^error: the present directory is not there any more.*\n$/)]);
});
