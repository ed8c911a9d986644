import { expect, test } from "vitest";
import { readSearch } from "./search.ts";

const facts = { name: "@acme/forum", description: "Talk", keywords: [], publishedAt: "2026-01-02T03:04:05.000Z" };

test("answers of npm's registry and of Verdaccio are read alike; what has no version is left out", () => {
  const npms = { name: "@acme/forum", version: "1.2.0", description: "Talk", keywords: [], date: "2026-01-02T03:04:05.000Z" };
  const verdaccios = { name: "@acme/forum", "dist-tags": { latest: "1.2.0" }, description: "Talk", time: { modified: "2026-01-02T03:04:05.000Z" }, versions: { "1.2.0": "latest" } };
  expect(readSearch(JSON.stringify([npms, verdaccios, { name: "empty" }]))).toEqual([{ ...facts, version: "1.2.0" }, { ...facts, version: "1.2.0" }]);
});

test("a date that is none, and keywords that are none, cost nothing else", () => {
  expect(readSearch(JSON.stringify([{ name: "a", version: "1.0.0", date: "yesterday", keywords: "many" }]))).toEqual([{ name: "a", version: "1.0.0", description: "", keywords: [] }]);
});

test.each(["", "{}", "null", '[{"version":"1.0.0"}]', "<html>"])("%j is no list", (text) => {
  expect(readSearch(text)).toBeUndefined();
});
