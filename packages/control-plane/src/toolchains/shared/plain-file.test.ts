import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLockfile as readCargoLockfile } from "../cargo/lockfile.ts";
import { readCargoManifest } from "../cargo/cargo-manifest.ts";
import { readLockfile } from "../npm/lockfile.ts";
import { readPackageJson } from "../npm/package-json.ts";
import { readPlainFile, readPlainFileSync } from "./plain-file.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "modyard-plain-"));
  writeFileSync(join(directory, "plain"), "text\n");
  symlinkSync("plain", join(directory, "link"));
  symlinkSync("/dev/zero", join(directory, "endless"));
  mkdirSync(join(directory, "folder"));
  execFileSync("mkfifo", [join(directory, "pipe"), ...["package.json", "package-lock.json", "Cargo.toml", "Cargo.lock"].map((name) => join(directory, name))]);
  writeFileSync(join(directory, "huge"), "");
  truncateSync(join(directory, "huge"), 65 * 1024 * 1024);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(["plain", "link"])("%s is read", async (name) => {
  expect([await readPlainFile(join(directory, name)), readPlainFileSync(join(directory, name))]).toEqual(["text\n", "text\n"]);
});

test.each(["pipe", "endless", "folder", "huge", "nothing"])("%s is not waited for, and not read", async (name) => {
  expect([await readPlainFile(join(directory, name)), readPlainFileSync(join(directory, name))]).toEqual([undefined, undefined]);
});

test("build code that puts pipes in the place of manifests and lockfiles makes nobody wait", async () => {
  const read = await Promise.all([readPackageJson(directory), readCargoManifest(directory), readLockfile(directory), readCargoLockfile(directory)]);
  expect(read).toEqual([undefined, undefined, { ok: true, value: undefined }, { ok: true, value: undefined }]);
});
