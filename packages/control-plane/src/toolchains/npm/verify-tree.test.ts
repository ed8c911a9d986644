import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Lockfile, parseLockfile } from "./lockfile.ts";
import { verifyTree } from "./verify-tree.ts";

const packages = {
  "": { version: "1.0.0" },
  "modules/forum": { version: "1.0.0" },
  "node_modules/@acme/forum": { resolved: "modules/forum", link: true },
  "node_modules/a": { version: "1.2.3", integrity: "sha512-a" },
  "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
  "node_modules/other-platform": { version: "1.0.0", integrity: "sha512-o", optional: true },
};

let workspace: string;
let lockfile: Lockfile;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), "modyard-verify-"));
  const parsed = parseLockfile(JSON.stringify({ lockfileVersion: 3, packages }));
  if (!parsed.ok || parsed.value === undefined) throw new Error("not a lockfile");
  lockfile = parsed.value;
  await write("modules/forum/package.json", { version: "1.0.0" });
  await write("node_modules/a/package.json", { version: "1.2.3" });
  await write("node_modules/a/node_modules/b/package.json", { version: "2.0.0" });
  await write("node_modules/.package-lock.json", { lockfileVersion: 3, packages });
  await mkdir(join(workspace, "node_modules/@acme"));
  await symlink("../../modules/forum", join(workspace, "node_modules/@acme/forum"));
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

async function write(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), JSON.stringify(value));
}

test("a tree that is what the lockfile says has no differences; an optional package may be absent", async () => {
  expect(await verifyTree(workspace, lockfile)).toEqual([]);
});

const changes: { readonly what: string; readonly change: () => Promise<unknown>; readonly expected: string }[] = [
  { what: "a missing package", change: () => rm(join(workspace, "node_modules/a"), { recursive: true }), expected: "node_modules/a is missing" },
  { what: "another version", change: () => write("node_modules/a/package.json", { version: "1.2.4" }), expected: "node_modules/a has version 1.2.4 instead of 1.2.3" },
  { what: "another integrity", change: () => write("node_modules/.package-lock.json", { lockfileVersion: 3, packages: { ...packages, "node_modules/a": { version: "1.2.3", integrity: "sha512-x" } } }), expected: "node_modules/a has another integrity than the lockfile's" },
  { what: "a package too many", change: () => write("node_modules/@acme/extra/package.json", {}), expected: "node_modules/@acme/extra is not in the lockfile" },
  { what: "a nested package too many", change: () => write("node_modules/a/node_modules/c/package.json", {}), expected: "node_modules/a/node_modules/c is not in the lockfile" },
  { what: "a package too many beside a module", change: () => write("modules/forum/node_modules/c/package.json", {}), expected: "modules/forum/node_modules/c is not in the lockfile" },
  { what: "a link that became a directory", change: async () => { await rm(join(workspace, "node_modules/@acme/forum")); await write("node_modules/@acme/forum/package.json", { version: "1.0.0" }); }, expected: "node_modules/@acme/forum does not lead to modules/forum" },
];

test.each(changes)("sees $what", async ({ change, expected }) => {
  await change();
  expect(await verifyTree(workspace, lockfile)).toContain(expected);
});

test("a lockfile of version 1 is refused with what to do", () => {
  expect(parseLockfile(JSON.stringify({ lockfileVersion: 1, dependencies: {} }))).toMatchObject({ ok: false, problems: [{ code: "lockfile_out_of_date" }] });
  expect(parseLockfile("{")).toMatchObject({ ok: false });
});
