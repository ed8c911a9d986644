import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseToolchainFile, readToolchainFile } from "./toolchain-file.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-toolchain-file-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test.each([
  [`[toolchain]\nchannel = "1.95.0"\ncomponents = ["rustfmt"]\n`, "1.95.0"],
  [`toolchain.channel = "nightly-2026-03-01-x86_64-unknown-linux-gnu"`, "nightly-2026-03-01-x86_64-unknown-linux-gnu"],
  [`[toolchain]\ncomponents = ["clippy"]\n`, undefined],
])("%j names the channel %s", (text, channel) => {
  expect(parseToolchainFile(text)).toEqual({ ok: true, value: channel });
});

test.each([`[toolchain]\npath = "/opt/rust"\n`, `[toolchain]\nchannel = "../../tmp/rust"\n`, `[toolchain]\nchannel = "--help"\n`, `[toolchain]\nchannel = "+stable"\n`])("%j is refused", (text) => {
  expect(parseToolchainFile(text)).toMatchObject({ ok: false, problems: [{ code: "rust_toolchain_missing", location: { file: "rust-toolchain.toml" } }] });
});

test("the plain form is read, and comes first as it does for rustup", async () => {
  expect(await readToolchainFile(directory)).toEqual({ ok: true, value: undefined });
  await writeFile(join(directory, "rust-toolchain.toml"), `[toolchain]\nchannel = "beta"\n`);
  expect(await readToolchainFile(directory)).toEqual({ ok: true, value: "beta" });
  await writeFile(join(directory, "rust-toolchain"), "1.95.0\n");
  expect(await readToolchainFile(directory)).toEqual({ ok: true, value: "1.95.0" });
});

test("a file that is a link out of the host, or says nothing, is refused", async () => {
  await symlink("/etc/hostname", join(directory, "rust-toolchain"));
  expect(await readToolchainFile(directory)).toMatchObject({ ok: false });
  await rm(join(directory, "rust-toolchain"));
  await writeFile(join(directory, "rust-toolchain"), "some words\n");
  expect(await readToolchainFile(directory)).toMatchObject({ ok: false, problems: [{ message: "rust-toolchain names no channel" }] });
});
