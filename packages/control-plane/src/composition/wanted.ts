import { problem, type Problem } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { addAlong } from "./along.ts";
import { contradictions } from "./change.ts";
import { isCore } from "./dependencies.ts";
import { specToInstall, specToUpgrade, type Requested } from "./requested-spec.ts";
import type { Situation } from "./situation.ts";
import { isSameSpec, keepStatedFacts } from "./spec.ts";
import { byText } from "./text-order.ts";
import { uninstallFrom } from "./uninstall.ts";

/** Which modules the changed manifest has, before anything is checked of their fitting together. */
export interface Wanted {
  /** In the manifest's order, new ones behind, sorted. */
  readonly modules: ReadonlyMap<string, ModuleSpec>;
  /** Slugs whose spec the change adds or alters, those that come along included. */
  readonly touched: ReadonlySet<string>;
  /** Slugs of the manifest that the change takes out. */
  readonly removed: ReadonlySet<string>;
  readonly alongInstalled: readonly string[];
  readonly alongUninstalled: readonly string[];
  readonly blockers: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** What the change comes to: requests first, then what they need, then what goes. */
export function wantModules(situation: Situation): Wanted {
  const blockers = contradictions(situation.change);
  if (blockers.length > 0) return unchanged(situation, blockers);
  return situation.change.modules === undefined ? wantRequested(situation) : wantExactly(situation, situation.change.modules);
}

function unchanged(situation: Situation, blockers: readonly Problem[]): Wanted {
  return { modules: situation.current, touched: new Set(), removed: new Set(), alongInstalled: [], alongUninstalled: [], blockers, warnings: [] };
}

function wantRequested(situation: Situation): Wanted {
  const requested = requestedSpecs(situation);
  const along = addAlong(situation, requested.specs);
  const added = new Map([...requested.specs, ...along].toSorted(([a], [b]) => byText(a, b)));
  const touched = new Set(added.keys());
  const uninstalled = uninstallFrom(situation, new Map([...situation.current, ...added]), touched);
  return {
    modules: uninstalled.modules,
    touched,
    removed: uninstalled.removed,
    alongInstalled: [...along.keys()].toSorted(byText),
    alongUninstalled: uninstalled.along,
    blockers: [...requested.blockers, ...uninstalled.blockers],
    warnings: [...requested.warnings, ...uninstalled.warnings],
  };
}

function requestedSpecs(situation: Situation): { specs: ReadonlyMap<string, ModuleSpec>; blockers: Problem[]; warnings: Problem[] } {
  const specs = new Map<string, ModuleSpec>();
  const blockers = new Map<string, Problem>();
  const warnings = new Map<string, Problem>();
  const take = (slug: string, requested: Requested): void => {
    if ("spec" in requested) specs.set(slug, requested.spec);
    else if ("blocker" in requested) blockers.set(slug, requested.blocker);
    else warnings.set(slug, requested.unchanged);
  };
  for (const request of situation.change.install) take(request.slug, specToInstall(situation, request));
  for (const request of situation.change.upgrade) take(request.slug, specToUpgrade(situation, request));
  return { specs, blockers: [...blockers.values()], warnings: [...warnings.values()] };
}

/** The seeds' form: exactly these modules. Nothing comes along, and core modules must be among them. */
function wantExactly(situation: Situation, exact: readonly ModuleSpec[]): Wanted {
  const named = new Map(exact.map((spec) => [spec.slug, keepStatedFacts(situation.current.get(spec.slug), spec)]));
  const missing = [...situation.current.values()].filter((spec) => !named.has(spec.slug));
  const core = missing.filter((spec) => isCore(spec, situation.descriptors.get(spec.slug)));
  const removed = new Set(missing.map((spec) => spec.slug).filter((slug) => !core.some((spec) => spec.slug === slug)));
  const kept = [...situation.current].filter(([slug]) => !removed.has(slug)).map(([slug, spec]) => [slug, named.get(slug) ?? spec] as const);
  const fresh = [...named].filter(([slug]) => !situation.current.has(slug)).toSorted(([a], [b]) => byText(a, b));
  return {
    modules: new Map([...kept, ...fresh]),
    touched: new Set([...named].filter(([slug, spec]) => !isUnchanged(situation, slug, spec)).map(([slug]) => slug)),
    removed,
    alongInstalled: [],
    alongUninstalled: [],
    blockers: core.map(({ slug }) => problem("core_module", `\`${slug}\` is a core module and must be among the modules wanted`, { module: slug })),
    warnings: [],
  };
}

function isUnchanged(situation: Situation, slug: string, spec: ModuleSpec): boolean {
  const current = situation.current.get(slug);
  return current !== undefined && isSameSpec(current, spec);
}
