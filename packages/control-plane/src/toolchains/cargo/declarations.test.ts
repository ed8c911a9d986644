import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unwrap } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { type CargoDependency, parseCargoManifest } from "./cargo-manifest.ts";
import { cargoGitAddress, declare } from "./declarations.ts";

let workspace: string;
beforeAll(async () => {
  workspace = await realpath(await mkdtemp(join(tmpdir(), "modyard-declarations-")));
  await mkdir(join(workspace, "crates", "forum"), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

const context = (): ToolchainContext => ({ workspace, pathRoots: [], host: { surfaces: [{ name: "server", directory: "apps/server" }] } }) as unknown as ToolchainContext;
const spec = (facts: Partial<ModuleSpec>): ModuleSpec => ({ slug: "forum", packageName: "forum", source: "crates-io", features: [], required: false, dependsOn: [], ...facts });
const entry = (text: string | undefined): CargoDependency | undefined => (text === undefined ? undefined : parseCargoManifest(`[package]\nname = "a"\n[dependencies]\nforum${text}\n`)?.dependencies.get("forum"));

async function keys(facts: Partial<ModuleSpec>, present?: string, inherited?: string): Promise<Record<string, unknown>> {
  const { keysFor } = unwrap(await declare(spec(facts), context()));
  return Object.fromEntries(keysFor(entry(present), entry(inherited), undefined));
}

const path = { source: "path", path: "./crates/forum/" } as const;

describe("an entry of Cargo.toml says", () => {
  test.each([
    ["the requirement", { version: "0.1" }, undefined, undefined, { version: "0.1" }],
    ["that any version will do", {}, undefined, undefined, { version: "*" }],
    ["the host's own choice where any will do", {}, ' = "0.3"', undefined, { version: "0.3" }],
    ["the requirement in the host's words", { version: "0.1" }, ' = "^0.1"', undefined, { version: "^0.1" }],
    ["another requirement", { version: "0.2" }, ' = "^0.1"', undefined, { version: "0.2" }],
    ["features in the order that is written", { version: "1", features: ["a", "b", "c"] }, ' = { version = "1", features = ["b", "x", "a"] }', undefined, { version: "1", features: ["b", "a", "c"] }],
    ["the path from the server's directory", path, undefined, undefined, { path: "../../crates/forum" }],
    ["the path in the host's words, with the version that it publishes", path, ' = { path = "../../crates/./forum/", version = "0.1" }', undefined, { path: "../../crates/./forum/", version: "0.1" }],
    ["the path instead of a version", path, ' = "0.1"', undefined, { path: "../../crates/forum" }],
    ["what the workspace says", path, ".workspace = true", ' = { path = "crates/forum" }', { workspace: true }],
    ["the features that the workspace does not have", { ...path, features: ["a", "b"] }, ".workspace = true", ' = { path = "crates/forum", features = ["a"] }', { workspace: true, features: ["b"] }],
    ["no longer what the workspace says, when that is another source", { version: "0.2" }, ".workspace = true", ' = "0.1"', { version: "0.2" }],
  ])("%s", async (_, facts, present, inherited, expected) => {
    expect(await keys(facts, present, inherited)).toEqual(expected);
  });
});

test.each([
  ["no requirement", { version: "file:/etc" }, "version_not_found"],
  ["no crate's name", { packageName: "../x", version: "1" }, "version_not_found"],
  ["a path outside", { source: "path", path: "../x" } as const, "path_refused"],
  ["a path that is not there", { source: "path", path: "crates/none" } as const, "path_not_found"],
  ["a git helper", { source: "git", git: "ext::sh -c x", rev: "main" } as const, "git_url_refused"],
])("%s is refused with the module's name", async (_, facts, code) => {
  expect(await declare(spec(facts), { ...context(), cacheDirectory: workspace })).toMatchObject({ ok: false, problems: [{ code, module: "forum" }] });
});

test("git addresses are written as cargo reads them", () => {
  expect(cargoGitAddress("git@git.example.org:team/forum.git")).toBe("ssh://git@git.example.org/team/forum.git");
  expect(cargoGitAddress("https://git.example.org/forum.git")).toBe("https://git.example.org/forum.git");
});
