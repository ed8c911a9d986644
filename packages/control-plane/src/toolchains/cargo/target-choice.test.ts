import { expect, test } from "vitest";
import { candidates, fits, mayUse, type TargetWish, worthWaiting } from "./target-choice.ts";
import type { TargetRecord } from "./target-record.ts";

const wish: TargetWish = { workspace: "/w/1", identity: "tools", packages: new Set(["blog", "core", "forum"]), modules: new Set(["blog", "forum"]), start: "any", goesOn: false };

function record(change: Partial<TargetRecord> = {}): TargetRecord {
  return { schema: 1, identity: "tools", modules: ["blog"], files: {}, generating: [], workspace: "/w/1", whole: true, usedAt: 1, longest: 0, awaited: false, ...change };
}

const slot = (name: string, change: Partial<TargetRecord> = {}) => ({ name, record: record(change) });
const names = (slots: readonly { readonly name: string }[]): string[] => slots.map(({ name }) => name);

test("a directory fits when nothing else was ever in it", () => {
  expect(fits(record(), wish)).toBe(true);
  expect(fits(record({ modules: ["blog", "shop"] }), wish)).toBe(false);
  expect(fits(record({ identity: "others" }), wish)).toBe(false);
  expect(fits(record({ usedAt: Date.now() + 60_000 }), wish)).toBe(false);
  expect(fits(undefined, wish)).toBe(false);
  expect(fits(record({ workspace: "/w/2" }), { ...wish, start: "own" })).toBe(false);
});

test("the one with most modules comes first, then the youngest; a later step's own before all", () => {
  const slots = [slot("young", { workspace: "/w/2" }), slot("most", { modules: ["blog", "forum"], workspace: "/w/2" }), slot("own"), slot("strange", { modules: ["shop"] })];
  expect(names(candidates(slots, wish))).toEqual(["most", "young", "own"]);
  expect(names(candidates(slots, { ...wish, goesOn: true }))).toEqual(["own", "most", "young"]);
  expect(candidates(slots, { ...wish, start: "none" })).toEqual([]);
});

test("a copy is made for new modules, and of what another build's tests wait for", () => {
  const both = { modules: ["blog", "forum"] };
  expect(mayUse(record(both), wish)).toBe(true);
  expect(mayUse(record(), wish)).toBe(false);
  expect(mayUse(record({ ...both, awaited: true, workspace: "/w/2" }), wish)).toBe(false);
  expect(mayUse(record({ ...both, awaited: true }), wish)).toBe(true);
});

test("nobody waits longer than starting from nothing takes, nor longer than a minute", () => {
  expect(worthWaiting([slot("a", { longest: 20_000 }), slot("b", { longest: 5_000 })])).toEqual({ names: ["a", "b"], milliseconds: 20_000 });
  expect(worthWaiting([slot("a", { longest: 600_000 })]).milliseconds).toBe(60_000);
  expect(worthWaiting([]).milliseconds).toBe(0);
});
