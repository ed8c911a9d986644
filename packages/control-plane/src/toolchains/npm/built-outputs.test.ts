import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unwrap } from "../../errors/problem.ts";
import { parseHostDescriptor } from "../../manifest/parse-host-descriptor.ts";
import { checkOutputs } from "./built-outputs.ts";

const host = unwrap(parseHostDescriptor('schema = 1\npreset = "npm-workspaces"\n', "modyard.toml"));
let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "modyard-outputs-"));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(join(workspace, file, ".."), { recursive: true });
    writeFileSync(join(workspace, file), "{}");
  }
}

const check = () => checkOutputs({ workspace, host });

test("what each surface is made of is there", async () => {
  write("apps/server/package.json", "apps/server/dist/main.js", "apps/admin/package.json", "apps/admin/dist/index.html");
  expect(await check()).toEqual({ ok: true });
});

test("a bundler that made nothing fails the build although it said that all went well", async () => {
  write("apps/server/package.json", "apps/server/dist/main.js", "apps/admin/package.json");
  const hint = expect.stringContaining("[surfaces.admin]") as string;
  expect(await check()).toMatchObject({ ok: false, problems: [{ code: "compile_failed", message: "the build ended well and made nothing in apps/admin/dist", hint }] });
});

test("a surface that the host does not have is not missed", async () => {
  write("apps/server/package.json", "apps/server/dist/main.js");
  expect(await check()).toEqual({ ok: true });
});
