import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildKey, type BuildInputs } from "./identity.ts";

const names = ["manifestHash", "versions", "sourceCommit", "lockDigest", "toolchainFingerprint", "profile", "target"] as const;
const inputs = fc.record(Object.fromEntries(names.map((name) => [name, fc.string()])) as Record<keyof BuildInputs, fc.Arbitrary<string>>);

test("equal inputs have one key, in whatever order they are written", () => {
  fc.assert(fc.property(inputs, (each) => {
    const reversed = Object.fromEntries(Object.entries(each).toReversed()) as unknown as BuildInputs;
    expect(buildKey(reversed)).toBe(buildKey(each));
    expect(buildKey(each)).toMatch(/^[0-9a-f]{64}$/);
  }));
});

test("a change of any one input changes the key", () => {
  fc.assert(fc.property(inputs, fc.constantFrom(...names), fc.string({ minLength: 1 }), (each, name, more) => {
    expect(buildKey({ ...each, [name]: each[name] + more })).not.toBe(buildKey(each));
  }));
});

test("text that moves from one input to the next changes the key", () => {
  const empty = Object.fromEntries(names.map((name) => [name, ""])) as unknown as BuildInputs;
  const keys = names.flatMap((name) => ["a", "profile 1\na", "\n"].map((text) => buildKey({ ...empty, [name]: text })));
  expect(new Set(keys).size).toBe(keys.length);
});

test("the key of given inputs never changes: builds are found by it after an upgrade", () => {
  const known = { manifestHash: "m", versions: "forum 1.0.0", sourceCommit: "c", lockDigest: "l", toolchainFingerprint: "npm 11", profile: "release", target: "node20" };
  expect(buildKey(known)).toMatchInlineSnapshot(`"d328f3801c70552ec6dfea7eeffe1a70669fc5befd08e4fa540b493772ceb267"`);
});
