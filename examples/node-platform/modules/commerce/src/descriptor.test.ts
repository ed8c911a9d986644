import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { module } from "./index.ts";

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

test(`${module.slug}: the code, package.json and module.toml tell one name and version`, () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const field = (name: string) => new RegExp(`^${name} = "(.*)"$`, "m").exec(read("module.toml"))?.[1];
  assert.deepEqual([module.slug, module.version], [field("slug"), version]);
  assert.deepEqual([field("version"), field("name"), field("description")], [version, module.name, module.description]);
});
