import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refuseHostConfig } from "./host-config.ts";

let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), "modyard-host-config-"));
  await mkdir(join(workspace, ".cargo"));
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

const write = (text: string, name = "config.toml"): Promise<void> => writeFile(join(workspace, ".cargo", name), text);

test("a host without a configuration, and one with the usual settings", async () => {
  expect(await refuseHostConfig(workspace)).toBeUndefined();
  await write(`
[alias]
xtask = "run --package xtask --"

[build]
target = "x86_64-unknown-linux-musl"
rustflags = ["-C", "target-cpu=native"]

[target.x86_64-unknown-linux-musl]
linker = "rust-lld"

[env]
SQLX_OFFLINE = "true"

[registries.acme]
index = "sparse+https://registry.example.org/index/"

[source.crates-io]
replace-with = "acme"

[net]
retry = 3
`);
  expect(await refuseHostConfig(workspace)).toBeUndefined();
});

test.each([
  [`[registry]\nglobal-credential-providers = ["./steal"]\n`, "registry.global-credential-providers"],
  [`[registries.acme]\ncredential-provider = ["./steal", "x"]\n`, "registries.NAME.credential-provider"],
  [`credential-alias.mine = ["./steal"]\n`, "credential-alias"],
  [`[registries.acme]\ntoken = "secret"\n`, "registries.NAME.token"],
  [`paths = ["/somewhere"]\n`, "paths"],
  [`[env]\nLD_PRELOAD = { value = "evil.so", force = true }\n`, "env.LD_PRELOAD"],
  [`[env]\nGIT_SSH_COMMAND = "./steal"\n`, "env.GIT_SSH_COMMAND"],
])("%j is refused", async (text, key) => {
  await write(text);
  expect(await refuseHostConfig(workspace)).toMatchObject({ code: "cargo_config_refused", message: expect.stringContaining(key) as string, location: { file: ".cargo/config.toml" } });
});

test("also in the old name's file and in files that are included", async () => {
  await write(`include = [{ path = "none.toml", optional = true }, "more.toml"]\n`);
  await write(`[build]\njobs = 2\n`, "more.toml");
  expect(await refuseHostConfig(workspace)).toBeUndefined();
  await write(`credential-alias.mine = ["./steal"]\n`, "more.toml");
  expect(await refuseHostConfig(workspace)).toMatchObject({ location: { file: ".cargo/more.toml" } });
  await write(`credential-alias.mine = ["./steal"]\n`, "config");
  expect(await refuseHostConfig(workspace)).toMatchObject({ location: { file: ".cargo/config" } });
});

test("and what cannot be read as a whole: files that include themselves, links that lead outside, other than TOML", async () => {
  await write(`include = ["config.toml"]\n`);
  expect(await refuseHostConfig(workspace)).toMatchObject({ code: "cargo_config_refused" });
  await write(`[build\n`);
  expect(await refuseHostConfig(workspace)).toMatchObject({ code: "cargo_config_refused", message: expect.stringContaining("TOML") as string });
  await rm(join(workspace, ".cargo", "config.toml"));
  await symlink("/etc/hostname", join(workspace, ".cargo", "config.toml"));
  expect(await refuseHostConfig(workspace)).toMatchObject({ code: "cargo_config_refused", message: expect.stringContaining("outside") as string });
});
