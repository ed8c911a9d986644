import { array, assert, boolean, constantFrom, property, tuple, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../composition/plan.ts";
import { foldChanges } from "./fold-change.ts";

const change = (part: Partial<Change>): Change => ({ install: [], uninstall: [], upgrade: [], cascade: false, ...part });
const install = (...slugs: string[]) => change({ install: slugs.map((slug) => ({ slug })) });
const uninstall = (...slugs: string[]) => change({ uninstall: slugs });
const upgrade = (...slugs: string[]) => change({ upgrade: slugs.map((slug) => ({ slug })) });
const has = (...slugs: string[]) => new Set(slugs);

test("two installs are both wanted", () => {
  expect(foldChanges(install("a"), install("b"), has())).toEqual(install("a", "b"));
});

test("the later word about a module counts", () => {
  expect(foldChanges(install("a"), uninstall("a"), has())).toEqual(change({}));
  expect(foldChanges(install("a", "b"), uninstall("a"), has())).toEqual(install("b"));
  expect(foldChanges(uninstall("a"), install("a"), has("a"))).toEqual(install("a"));
  expect(foldChanges(upgrade("a"), uninstall("a"), has("a"))).toEqual(uninstall("a"));
  expect(foldChanges(change({ install: [{ slug: "a", version: "1.0.0" }] }), change({ install: [{ slug: "a", version: "2.0.0" }] }), has())).toEqual(change({ install: [{ slug: "a", version: "2.0.0" }] }));
});

test("an uninstallation of what neither has nor was wanted stays, to be told that it is none", () => {
  expect(foldChanges(install("a"), uninstall("b"), has())).toEqual(change({ install: [{ slug: "a" }], uninstall: ["b"] }));
});

test("exactly these modules: the later word is the whole word; an earlier one cannot be added to", () => {
  const exact = change({ modules: [] });
  expect(foldChanges(install("a"), exact, has())).toBe(exact);
  expect(foldChanges(exact, exact, has())).toBe(exact);
  expect(foldChanges(exact, install("a"), has())).toBeUndefined();
});

/** What a list of plain changes, made one after the other, does to a set of modules. */
function applied(start: ReadonlySet<string>, changes: readonly Change[]): string[] {
  const present = new Set(start);
  for (const { install: added, uninstall: removed } of changes) {
    for (const slug of removed) present.delete(slug);
    for (const { slug } of added) present.add(slug);
  }
  return [...present].toSorted();
}

test("folded, any changes come to the same modules as one after the other, and name no module twice", () => {
  const slug = constantFrom("a", "b", "c", "d");
  const any = uniqueArray(tuple(slug, boolean()), { selector: ([name]) => name }).map((wishes) => change({ install: wishes.filter(([, wanted]) => wanted).map(([name]) => ({ slug: name })), uninstall: wishes.filter(([, wanted]) => !wanted).map(([name]) => name) }));
  assert(property(uniqueArray(slug), array(any, { minLength: 1, maxLength: 6 }), (start, changes) => {
    const folded = changes.reduce((earlier, later) => foldChanges(earlier, later, new Set(start)) ?? earlier);
    expect(applied(new Set(start), [folded])).toEqual(applied(new Set(start), changes));
    const named = [...folded.install.map((request) => request.slug), ...folded.uninstall];
    expect(new Set(named).size).toBe(named.length);
  }));
});
