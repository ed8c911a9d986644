import { expect, test } from "vitest";
import type { Release } from "../release/store.ts";
import { judgeStaleness } from "./staleness.ts";

/** Numbered in the order in which they were asked for. */
const release = (number: number): Release => ({ id: `rel_${number}`, environment: "prod", createdAt: new Date(number) }) as Release;
const judge = (asked: number, before: number | undefined, now: number | undefined) =>
  judgeStaleness({ release: release(asked), before: before === undefined ? undefined : release(before), now: now === undefined ? undefined : release(now) });

test("nothing changed since: it is fresh", () => {
  expect(judge(5, 3, 3)).toBeUndefined();
  expect(judge(1, undefined, undefined)).toBeUndefined();
});

test("what was asked for before it went live meanwhile: it is fresh", () => {
  expect(judge(5, 3, 4)).toBeUndefined();
  expect(judge(5, undefined, 4)).toBeUndefined();
});

test("something newer went live: it is stale, and says what", () => {
  expect(judge(5, 3, 6)).toContain("rel_6");
  expect(judge(5, undefined, 6)).toContain("older composition");
});

test("the environment went back: it is stale, and says from what to what", () => {
  expect(judge(5, 3, 2)).toMatch(/rel_3 to rel_2/);
});
