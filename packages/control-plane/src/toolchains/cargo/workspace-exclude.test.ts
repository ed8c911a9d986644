import { expect, test } from "vitest";
import { excludeFromWorkspace, includeInWorkspace } from "./workspace-exclude.ts";

const directory = "vendor/modules/extra";

test.each([
  ["a list", '[workspace]\nexclude = ["old"] # why\nmembers = ["a"]\n', '[workspace]\nexclude = ["old", "vendor/modules/extra"] # why\nmembers = ["a"]\n'],
  ["lines", '[workspace]\nexclude = [\n  "old",\n]\n', '[workspace]\nexclude = [\n  "old",\n  "vendor/modules/extra",\n]\n'],
  ["an empty list", "[workspace]\nexclude = []\n", '[workspace]\nexclude = ["vendor/modules/extra"]\n'],
])("a directory goes into %s and comes out without a trace", (_, before, after) => {
  expect(excludeFromWorkspace(before, directory)).toBe(after);
  expect(excludeFromWorkspace(after, directory)).toBe(after);
  expect(includeInWorkspace(after, directory)).toBe(before);
});

test("a list is begun where there is none, but only in a workspace", () => {
  expect(excludeFromWorkspace('[workspace]\nmembers = ["a"] # all\n\n[profile.release]\n', directory)).toBe('[workspace]\nmembers = ["a"] # all\nexclude = ["vendor/modules/extra"]\n\n[profile.release]\n');
  expect(excludeFromWorkspace('[package]\nname = "a"\n', directory)).toBe('[package]\nname = "a"\n');
  expect(includeInWorkspace('[package]\nname = "a"\n', directory)).toBe('[package]\nname = "a"\n');
});
