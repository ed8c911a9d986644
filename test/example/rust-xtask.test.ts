import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleHosts } from "../../scripts/example/example-host.ts";
import { cargo, isThere } from "../support/requirement.ts";

const { directory: example } = exampleHosts["rust-platform"];
const modyard = `${process.execPath} ${join(import.meta.dirname, "../../packages/control-plane/bin/modyard.js")}`;

let target: string;
beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), "modyard-xtask-"));
});
afterAll(() => rm(target, { recursive: true, force: true }));

/** Runs the alias as somebody who works on the host does, from a directory inside it. */
function xtask(words: readonly string[], command = modyard): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  const env = { ...process.env, CARGO_TARGET_DIR: target, MODYARD: command };
  return new Promise((resolve) => {
    execFile("cargo", ["xtask", ...words], { cwd: join(example, "apps/server"), env }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : error.code, stdout, stderr }));
  });
}

describe.runIf(isThere(cargo))("the seeds' aliases in .cargo/config.toml", () => {
  test("call modyard in the workspace's root, with what follows them", { timeout: 300_000 }, async () => {
    expect(await xtask(["validate-manifest"])).toMatchObject({ code: 0, stdout: expect.stringContaining("modules.toml is valid (3 modules") as string });
    expect((JSON.parse((await xtask(["list-modules", "--json"])).stdout) as { slug: string }[]).map(({ slug }) => slug).toSorted()).toEqual(["commerce", "content", "pages"]);
    expect(await xtask(["generate-registry", "--check"])).toMatchObject({ code: 0, stdout: "✓ apps/server/src/modules/generated.rs: up to date\n" });
  });

  test("end as modyard ends", async () => {
    expect(await xtask(["validate-manifest", "no-such-file.toml"])).toMatchObject({ code: 1, stderr: expect.stringContaining("no-such-file.toml") as string });
  });

  test("say which words there are, and what to install where modyard is missing", async () => {
    expect(await xtask(["serve"])).toMatchObject({ code: 2, stderr: "usage: cargo xtask validate-manifest | list-modules | generate-registry [OPTION…]\n" });
    expect(await xtask([])).toMatchObject({ code: 2 });
    expect(await xtask(["list-modules"], "no-such-modyard")).toMatchObject({ code: 127, stderr: expect.stringContaining("npm install --global @modyard/control-plane") as string });
  });
});
