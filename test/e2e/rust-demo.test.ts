import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyExample } from "../../scripts/copy-example.ts";
import { leftBehind, startDemo } from "../support/demo.ts";
import { openCache } from "../support/package-cache.ts";
import { cargo, isThere } from "../support/requirement.ts";
import { patience } from "../support/rust-plane.ts";

let directory: string;
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "modyard-demo-rust-")));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.skipIf(!isThere(cargo))("once: installs, uninstalls, rolls back, loses nothing, prints the table, leaves nothing running", patience, async () => {
  const host = join(directory, "host");
  await copyExample({ to: host, example: "rust-platform" });
  const kept = await openCache(host, join(directory, "data"), { example: "rust-platform" });
  try {
    const run = startDemo("rust", directory, ["--once"]);
    expect(await run.ended, run.output()).toBe(0);
    for (const line of ["install forum", "uninstall forum", "roll back", "GET /forum answers 200", "GET /forum answers 404"]) expect(run.output()).toContain(line);
    expect(run.output()).toMatch(/visitor meanwhile +\d{2,} requests, 0 lost/);
    expect(run.output()).toMatch(/token +mya_/);
    expect(leftBehind(directory)).toEqual([]);
    await kept.keep();
  } finally {
    kept.done();
  }
});

test("without Rust it says what is missing and how to get it, and starts nothing", async () => {
  const home = join(directory, "nobody");
  mkdirSync(home);
  const run = startDemo("rust", join(directory, "never"), ["--once"], { PATH: home, HOME: home, CARGO_HOME: home });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain("cargo is not installed on this machine. Install Rust with rustup");
  expect(run.output()).not.toContain("Starting");
});

test.skipIf(!isThere(cargo))("without a linker it says so", async () => {
  const path = join(directory, "no-linker");
  mkdirSync(path);
  symlinkSync(join(execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim(), "bin", "cargo"), join(path, "cargo"));
  const run = startDemo("rust", join(directory, "never"), ["--once"], { PATH: path, CARGO_HOME: path });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain("cc is not installed on this machine");
  expect(run.output()).not.toContain("cargo is not");
});
