import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pageOf } from "./page.ts";

const name = (item: string): string => item;

test("turned over page by page, a list gives each item once, in order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 5 }), (all, limit) => {
      const walked: string[] = [];
      let cursor: string | undefined;
      do {
        const page = pageOf(all, { limit, cursor }, name);
        walked.push(...(page?.items ?? ["nothing"]));
        cursor = page?.next ?? undefined;
      } while (cursor !== undefined);
      expect(walked).toEqual(all);
    }),
  );
});

test("the last page says that it is the last, also when it is full", () => {
  expect(pageOf(["a", "b"], { limit: 2 }, name)).toEqual({ items: ["a", "b"], next: null });
  expect(pageOf(["a", "b", "c"], { limit: 2 }, name)).toEqual({ items: ["a", "b"], next: "b" });
  expect(pageOf([], { limit: 2 }, name)).toEqual({ items: [], next: null });
});

test("a cursor that names nothing has no page", () => {
  expect(pageOf(["a"], { limit: 2, cursor: "b" }, name)).toBeUndefined();
});
