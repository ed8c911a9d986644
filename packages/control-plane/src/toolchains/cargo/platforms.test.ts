import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Surface } from "../../manifest/host-descriptor.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { platformsOf } from "./platforms.ts";
import type { RustTools } from "./rust-tools.ts";

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "modyard-platforms-"));
  await mkdir(join(workspace, ".cargo"));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

const tools = { hostTriple: "x86_64-unknown-linux-gnu" } as RustTools;

async function platforms(configuration: string, target: string | undefined, ...commands: readonly (readonly string[])[]): Promise<readonly string[]> {
  await writeFile(join(workspace, ".cargo", "config.toml"), configuration);
  const surfaces = commands.map((build) => ({ name: "server", build }) as unknown as Surface);
  return platformsOf({ workspace, host: { surfaces }, ...(target === undefined ? {} : { target }) } as unknown as ToolchainContext, tools);
}

test.each([
  ["this machine's", "", undefined, ["cargo", "build"], ["x86_64-unknown-linux-gnu"]],
  ["the manifest's", "", "aarch64-unknown-linux-gnu", ["cargo", "build"], ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"]],
  ["the command's", "", undefined, ["cargo", "build", "--target", "wasm32-unknown-unknown"], ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"]],
  ["the command's, in one word", "", undefined, ["cargo", "build", "--target=wasm32-unknown-unknown"], ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"]],
  ["the configuration's", '[build]\ntarget = ["wasm32-wasip1"]\n', undefined, ["cargo", "build"], ["x86_64-unknown-linux-gnu", "wasm32-wasip1"]],
  ["all, where another program builds", "", undefined, ["trunk", "build"], []],
  ["all, where another file may say more", 'include = ["more.toml"]\n', undefined, ["cargo", "build"], []],
])("the platforms are %s", async (_, configuration, target, command, expected) => {
  expect(await platforms(configuration, target, command)).toEqual(expected);
});
