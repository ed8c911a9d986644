import { describe, expect, it } from "vitest";
import { answerRange, compareVersions, isExactVersion, raiseRange } from "./versions.ts";

describe("answerRange", () => {
  it.each([
    ["1.2.3", "^1.2.0", "npm", "inside"],
    ["2.0.0", "^1.2.0", "npm", "outside"],
    ["0.1.5", ">=0.1,<0.2", "npm", "inside"],
    ["0.1.5", ">=0.1,<0.2", "cargo", "inside"],
    ["1.9.0", "1.2", "cargo", "inside"],
    ["1.9.0", "1.2", "npm", "outside"],
    ["2.0.0-beta.1", ">=1.0.0", "npm", "inside"],
    ["2.0.0-beta.1", "^1.0.0", "npm", "outside"],
    ["^1.4.0", ">=1.5 <2", "npm", "inside"],
    ["^2.0.0", "^1.0.0", "npm", "outside"],
    ["abc123", "^1.0.0", "npm", "unknown"],
    ["path", "^1.0.0", "npm", "unknown"],
    ["*", "^1.0.0", "npm", "unknown"],
    ["1.0.0", "newest", "npm", "invalid"],
  ] as const)("%s in %s (%s) is %s", (version, range, kind, answer) => {
    expect(answerRange(version, range, kind)).toBe(answer);
  });
});

describe("compareVersions", () => {
  it("compares exact versions and the least versions of ranges", () => {
    expect(compareVersions("1.2.3", "1.10.0")).toBe(-1);
    expect(compareVersions("^2.0.0", "1.10.0")).toBe(1);
    expect(compareVersions("abc123", "1.10.0")).toBeUndefined();
  });
});

describe("raiseRange", () => {
  it.each([
    ["^1.0.0", "1.1.0", "npm", "^1.1.0"],
    ["~1.0.0", "1.0.4", "npm", "~1.0.4"],
    [">=1.0.0", "2.1.0", "npm", ">=2.1.0"],
    ["*", "2.1.0", "npm", "^2.1.0"],
    ["1", "1.4.2", "npm", "^1.4.2"],
    ["1.2.x", "1.2.9", "npm", "~1.2.9"],
    [">=1.0.0 <2.0.0", "1.4.0", "npm", "^1.4.0"],
    [">=1.0.0 <1.5.0", "1.4.2", "npm", "~1.4.2"],
    [">=1.0.0 <=1.4.2", "1.4.2", "npm", "1.4.2"],
    ["1.0.0", "1.1.0", "npm", "1.0.0"],
    ["0.1", "0.1.5", "cargo", "0.1.5"],
    [">=0.1, <0.3", "0.2.5", "cargo", "^0.2.5"],
    ["=1.0.0", "1.1.0", "cargo", "=1.0.0"],
  ] as const)("%s at %s (%s) becomes %s", (range, version, kind, raised) => {
    expect(raiseRange(range, version, kind)).toBe(raised);
  });

  it("knows which texts allow one version only", () => {
    expect([isExactVersion("1.0.0"), isExactVersion("^1.0.0"), isExactVersion("1.0.0", "cargo"), isExactVersion("=1.0.0", "cargo")]).toEqual([true, false, false, true]);
  });
});
