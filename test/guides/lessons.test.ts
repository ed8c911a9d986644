import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "docs/lessons.md"), "utf8").split("\n").filter((line) => line.startsWith("| ") && !/^\| (---|pain|defect|promise) /.test(line));

/** `` `path` “words of a test's name” `` */
const proofsIn = (row: string) => [...row.matchAll(/`([^`]+\.ts)` “([^”]+)”/g)].map(([, file = "", name = ""]) => ({ file, name }));

test("every lesson names a test", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => proofsIn(row).length === 0)).toEqual([]);
});

test("every test that a lesson names is there", () => {
  const missing = rows.flatMap(proofsIn).filter(({ file, name }) => !existsSync(join(root, file)) || !readFileSync(join(root, file), "utf8").replaceAll("\\", "").includes(name));
  expect(missing).toEqual([]);
});
