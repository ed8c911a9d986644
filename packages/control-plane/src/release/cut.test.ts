import * as fc from "fast-check";
import { expect, test } from "vitest";
import { releaseId } from "./cut.ts";

const dates = fc.date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T23:59:59Z"), noInvalidDate: true });

test("an id is the second in UTC, and a number from the second one on", () => {
  const at = new Date("2026-11-21T12:00:00.999Z");
  expect([1, 2, 3, 12].map((attempt) => releaseId(at, attempt))).toEqual(["rel_20261121_120000", "rel_20261121_120000_2", "rel_20261121_120000_3", "rel_20261121_120000_12"]);
});

test("two moments have one id exactly when they share second and number", () => {
  fc.assert(fc.property(dates, dates, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (left, right, first, second) => {
    const same = Math.floor(left.getTime() / 1000) === Math.floor(right.getTime() / 1000) && first === second;
    expect(releaseId(left, first) === releaseId(right, second)).toBe(same);
  }));
});
