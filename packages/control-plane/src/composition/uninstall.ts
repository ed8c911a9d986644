import { problem, type Problem } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { dependentsIn, graphOf, isCore } from "./dependencies.ts";
import { didYouMean } from "./did-you-mean.ts";
import { listed, type Situation } from "./situation.ts";
import { byText, sortedUnique } from "./text-order.ts";

export interface Uninstalled {
  /** What is left. A module that may not go is left in. */
  readonly modules: ReadonlyMap<string, ModuleSpec>;
  readonly removed: ReadonlySet<string>;
  /** Taken along by a cascade, sorted. */
  readonly along: readonly string[];
  readonly blockers: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Takes out what the change uninstalls. `touched` are the slugs that the same change wants to have: a cascade never takes those. */
export function uninstallFrom(situation: Situation, modules: ReadonlyMap<string, ModuleSpec>, touched: ReadonlySet<string>): Uninstalled {
  const named = sortedUnique(situation.change.uninstall);
  const absent = named.filter((slug) => !situation.current.has(slug));
  const core = named.filter((slug) => isCoreIn(situation, slug));
  const going = named.filter((slug) => situation.current.has(slug) && !core.includes(slug));
  const taken = takeOut(situation, modules, going, touched);
  const kept = [...modules].filter(([slug]) => !taken.removed.has(slug));
  return {
    modules: new Map(kept),
    removed: taken.removed,
    along: [...taken.removed].filter((slug) => !going.includes(slug)).toSorted(byText),
    blockers: [...absent.filter((slug) => !situation.catalog.has(slug)).map((slug) => neverHeardOf(situation, slug)), ...core.map(coreBlocker), ...taken.blockers],
    warnings: absent.filter((slug) => situation.catalog.has(slug)).map((slug) => problem("module_already_absent", `\`${slug}\` is not installed`, { module: slug })),
  };
}

/** Removes `going`, and with `cascade` all that need them; names what stands in the way. */
function takeOut(situation: Situation, modules: ReadonlyMap<string, ModuleSpec>, going: readonly string[], touched: ReadonlySet<string>): { removed: Set<string>; blockers: Problem[] } {
  const dependents = going.length === 0 ? new Map<string, readonly string[]>() : dependentsIn(graphOf(modules, situation.descriptors));
  const removed = new Set(going);
  const blockers: Problem[] = [];
  const waiting = going.toReversed();
  for (let slug = waiting.pop(); slug !== undefined; slug = waiting.pop()) {
    const needing = (dependents.get(slug) ?? []).filter((dependent) => !removed.has(dependent));
    const fixed = needing.filter((dependent) => !situation.change.cascade || touched.has(dependent) || isCoreIn(situation, dependent));
    if (fixed.length > 0) blockers.push(neededBlocker(situation, slug, fixed, touched));
    for (const dependent of needing.filter((one) => !fixed.includes(one))) {
      removed.add(dependent);
      waiting.push(dependent);
    }
  }
  return { removed, blockers };
}

function isCoreIn(situation: Situation, slug: string): boolean {
  const spec = situation.current.get(slug);
  return spec !== undefined && isCore(spec, situation.descriptors.get(slug));
}

function coreBlocker(slug: string): Problem {
  return problem("core_module", `\`${slug}\` is a core module and cannot be uninstalled`, { module: slug });
}

function neverHeardOf(situation: Situation, slug: string): Problem {
  return problem("module_not_installed", `\`${slug}\` is not installed.${didYouMean(slug, situation.current.keys())}`, { module: slug });
}

function neededBlocker(situation: Situation, slug: string, needing: readonly string[], touched: ReadonlySet<string>): Problem {
  const verb = needing.length === 1 ? "needs" : "need";
  const core = needing.filter((one) => isCoreIn(situation, one));
  const wanted = needing.filter((one) => touched.has(one));
  const hint =
    core.length > 0
      ? `Keep \`${slug}\`: ${listed(core)} cannot be uninstalled.`
      : wanted.length > 0
        ? `Keep \`${slug}\`, or leave ${listed(wanted)} out of the change.`
        : undefined;
  return problem("module_needed", `\`${slug}\` cannot be uninstalled: ${listed(needing)} ${verb} it`, { module: slug, details: { needed_by: needing, may_come_along: core.length === 0 && wanted.length === 0 && !situation.change.cascade }, ...(hint === undefined ? {} : { hint }) });
}
