import { expect, test } from "vitest";
import { help, readOptions } from "./options.ts";

test("the interface that others call", () => {
  expect(readOptions(["--kills", "12", "--json", "--seed", "3"])).toEqual({ kills: 12, seed: 3, json: true, keep: false, only: undefined });
});

test("without a number all combinations are gone through once, in an order of chance that can be asked for again", () => {
  expect(readOptions([])).toMatchObject({ kills: 90, seed: expect.any(Number), json: false });
});

test.each([["--kills", "0"], ["--kills", "many"], ["--seed", "-1"], ["--only", "lunch"], ["--no-such-option"]])("%s %s is refused", (...args) => {
  expect(() => readOptions(args)).toThrow();
});

test("the help names every option and fits a page", () => {
  for (const option of ["--kills", "--seed", "--only", "--json", "--keep"]) expect(help).toContain(option);
  expect(readOptions(["--help"])).toBeUndefined();
  expect(Math.max(...help.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(120);
});
