import { afterEach, expect, test, vi } from "vitest";
import { isThere } from "./requirement.ts";

const missing = { program: "no-such-program-of-a-test", hint: "install it" };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a program that is there is there, in CI too", () => {
  vi.stubEnv("CI", "true");
  expect(isThere({ program: "git", hint: "" })).toBe(true);
});

test("a suite whose program is missing is skipped with a word", () => {
  vi.stubEnv("CI", "");
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(isThere(missing)).toBe(false);
  expect(said.mock.calls.join("")).toContain("no-such-program-of-a-test: install it");
});

test("in CI nothing is skipped", () => {
  vi.stubEnv("CI", "true");
  expect(() => isThere(missing)).toThrow("no-such-program-of-a-test is missing: install it");
});
