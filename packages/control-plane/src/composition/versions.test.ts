import { describe, expect, it } from "vitest";
import { answerRange, compareVersions } from "./versions.ts";

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
