import { problem, type Problem } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { canonicalJson } from "../manifest/canonical-json.ts";
import type { Change } from "./plan.ts";
import { listed } from "./situation.ts";
import { sortedUnique } from "./text-order.ts";

/** A change that asks for nothing: a plain rebuild. */
export const noChange: Change = { install: [], uninstall: [], upgrade: [], cascade: false };

/** What cannot all be wanted at once, whatever the manifest says. */
export function contradictions(change: Change): Problem[] {
  if (change.modules !== undefined) return exactContradictions(change, change.modules);
  const verbs = new Map<string, Set<string>>();
  for (const { slug, verb } of namedIn(change)) verbs.set(slug, (verbs.get(slug) ?? new Set()).add(verb));
  const mixed = sortedUnique(verbs.keys()).flatMap((slug) => {
    const asked = [...(verbs.get(slug) ?? [])];
    return asked.length < 2 ? [] : [problem("change_contradictory", `\`${slug}\` is to be both ${asked.join(" and ")}`, { module: slug })];
  });
  return [...mixed, ...repeated(change.install), ...repeated(change.upgrade)];
}

/** Slugs of the modules that a change names one by one. */
export function slugsNamed(change: Change): readonly string[] {
  return namedIn(change).map(({ slug }) => slug);
}

/** What is left of a change without its words about these modules. */
export function withoutModules(change: Change, slugs: ReadonlySet<string>): Change {
  return {
    ...change,
    install: change.install.filter(({ slug }) => !slugs.has(slug)),
    uninstall: change.uninstall.filter((slug) => !slugs.has(slug)),
    upgrade: change.upgrade.filter(({ slug }) => !slugs.has(slug)),
  };
}

function namedIn(change: Change): { readonly slug: string; readonly verb: string }[] {
  return [
    ...change.install.map(({ slug }) => ({ slug, verb: "installed" })),
    ...change.uninstall.map((slug) => ({ slug, verb: "uninstalled" })),
    ...change.upgrade.map(({ slug }) => ({ slug, verb: "upgraded" })),
  ];
}

function exactContradictions(change: Change, modules: readonly ModuleSpec[]): Problem[] {
  const alsoNamed = sortedUnique(slugsNamed(change));
  const both = alsoNamed.length === 0 ? [] : [problem("change_contradictory", `The change states all modules that are wanted and also names ${listed(alsoNamed)} to install, uninstall or upgrade`)];
  return [...both, ...repeated(modules)];
}

/** One slug named twice with different wishes; the same wish twice is only said twice. */
function repeated(list: readonly { readonly slug: string }[]): Problem[] {
  const wishes = new Map<string, Set<string>>();
  for (const wish of list) wishes.set(wish.slug, (wishes.get(wish.slug) ?? new Set()).add(canonicalJson(wish)));
  return sortedUnique(wishes.keys())
    .filter((slug) => (wishes.get(slug)?.size ?? 0) > 1)
    .map((slug) => problem("change_contradictory", `\`${slug}\` is named more than once, with different versions or sources`, { module: slug }));
}
