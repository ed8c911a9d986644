import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { movedAway, noteLent, readLent } from "./lent-trees.ts";
import { parseLockfile, type Lockfile } from "./lockfile.ts";
import { removeTrees } from "./tree-cache.ts";

let root: string;
let workspace: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "modyard-lent-"));
  workspace = join(root, "workspace");
  for (const path of ["workspace/node_modules/a", "workspace/packages/x/node_modules/b", "elsewhere/node_modules/precious"]) mkdirSync(join(root, path), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lockfileOf(...paths: readonly string[]): Lockfile {
  const parsed = parseLockfile(JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(paths.map((path) => [path, { version: "1.0.0" }])) }));
  if (!parsed.ok || parsed.value === undefined) throw new Error("the lockfile of the test cannot be read");
  return parsed.value;
}

test("what was lent is known by the note, whatever the lockfile says later, and is missed when it is moved or replaced", async () => {
  await noteLent(workspace, lockfileOf("", "node_modules/a", "packages/x", "packages/x/node_modules/b"));
  const lent = (await readLent(workspace)) ?? [];
  expect(lent.map(({ path }) => path)).toEqual(["node_modules", "packages/x/node_modules"]);
  expect(await movedAway(workspace, lent)).toEqual([]);
  renameSync(join(workspace, "packages"), join(workspace, "hidden"));
  expect(await movedAway(workspace, lent)).toEqual(["packages/x/node_modules"]);
  mkdirSync(join(workspace, "packages/x/node_modules"), { recursive: true });
  expect(await movedAway(workspace, lent)).toEqual(["packages/x/node_modules"]);
});

test.each([
  ["names a place outside", () => "../elsewhere/node_modules/precious"],
  ["names an absolute place", () => join(root, "elsewhere/node_modules/precious")],
  ["leads through a link", () => "linked/node_modules/precious"],
])("nothing outside of the workspace is removed for a lockfile that %s", async (_how, path) => {
  symlinkSync(join(root, "elsewhere"), join(workspace, "linked"));
  await expect(removeTrees(workspace, lockfileOf("", path()))).rejects.toMatchObject({ code: "path_refused" });
  expect(existsSync(join(root, "elsewhere/node_modules/precious"))).toBe(true);
});

test("what lies inside is removed", async () => {
  writeFileSync(join(workspace, "kept"), "");
  await removeTrees(workspace, lockfileOf("", "node_modules/a", "packages/x", "packages/x/node_modules/b", "gone/node_modules/c"));
  expect(readdirSync(workspace).toSorted()).toEqual(["kept", "packages"]);
  expect(readdirSync(join(workspace, "packages/x"))).toEqual([]);
});
