import semver from "semver";
import { expect, test } from "vitest";
import { isVersionRange, toSemverRange } from "./version-range.ts";

test.each([
  ["0.1", "cargo", "0.1.9", true],
  ["0.1", "cargo", "0.2.0", false],
  ["1", "cargo", "1.9.0", true],
  [">=0.1, <0.2", "cargo", "0.1.5", true],
  [">=0.1, <0.2", "cargo", "0.2.0", false],
  ["=1.2.3", "cargo", "1.2.4", false],
  ["1.*", "cargo", "1.7.0", true],
  ["~1.2", "cargo", "1.3.0", false],
  ["1.2.3", "npm", "1.2.4", false],
  ["^1.2.0 || ^3", "npm", "3.1.0", true],
] as const)("%s for %s lets in %s: %s", (range, kind, version, expected) => {
  expect(semver.satisfies(version, toSemverRange(range, kind) ?? "<0.0.0")).toBe(expected);
});

test.each(["", " ", "latest", "1.2.3.4", "x y z", "-1", "^", "git+https://h/x"])("%j is no range", (range) => {
  expect(isVersionRange(range)).toBe(false);
});
