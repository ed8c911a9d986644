import * as fc from "fast-check";
import { expect, it } from "vitest";
import { longestPause, parseRetryAfter, pauseAfter, retryPauses } from "./schedule.ts";

it("waits longer each time, and ends after the tenth attempt", () => {
  const pauses = Array.from({ length: 10 }, (_, index) => pauseAfter(index + 1, 0.5));
  expect(pauses).toEqual([...retryPauses, undefined]);
  expect(retryPauses.toSorted((left, right) => left - right)).toEqual(retryPauses);
});

it("spreads by a tenth, and never comes before what was asked for, up to a day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 10 * longestPause }), (attempts, random, asked) => {
      const usual = retryPauses[attempts - 1] ?? 0;
      const pause = pauseAfter(attempts, random, asked) ?? -1;
      expect(pause).toBeGreaterThanOrEqual(Math.min(asked, longestPause));
      expect(pause).toBeGreaterThanOrEqual(Math.floor(usual * 0.9));
      expect(pause).toBeLessThanOrEqual(Math.max(Math.ceil(usual * 1.1), longestPause));
    }),
  );
});

it("reads Retry-After as seconds and as a date, and nothing else", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect([parseRetryAfter("120", now), parseRetryAfter("Sat, 21 Nov 2026 12:01:00 GMT", now), parseRetryAfter("Sat, 21 Nov 2026 11:00:00 GMT", now)]).toEqual([120_000, 60_000, 0]);
  expect(["", "soon", "-5", "1.5", "2026-11-21", undefined, "99999999999"].map((text) => parseRetryAfter(text, now))).toEqual(Array.from({ length: 7 }, () => undefined));
});
