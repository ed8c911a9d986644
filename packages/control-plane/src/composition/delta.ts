import type { ModuleSpec } from "../manifest/manifest.ts";
import type { Composition, ModuleChange, ModulesDelta } from "./composition.ts";
import { differingKeys } from "./spec.ts";
import { byText } from "./text-order.ts";

/** One side of a comparison. Without a spec only versions are compared. */
export interface DeltaModule {
  readonly slug: string;
  readonly version: string;
  readonly spec?: ModuleSpec;
}

/** What becomes of the modules between two compositions (or releases), each list sorted by slug. */
export function modulesDelta(before: readonly DeltaModule[], after: readonly DeltaModule[]): ModulesDelta {
  const old = new Map(before.map((module) => [module.slug, module]));
  const fresh = new Map(after.map((module) => [module.slug, module]));
  return {
    added: bySlug(after.filter(({ slug }) => !old.has(slug))).map(reference),
    removed: bySlug(before.filter(({ slug }) => !fresh.has(slug))).map(reference),
    changed: bySlug(after).flatMap((module) => changeOf(old.get(module.slug), module)),
  };
}

/** The delta with the versions that a resolved composition really has: a plan may have known ranges only. */
export function exactDelta({ added, removed, changed }: ModulesDelta, { modules }: Composition): ModulesDelta {
  const versions = new Map(modules.map(({ slug, version }) => [slug, version]));
  return {
    added: added.map(({ slug, version }) => ({ slug, version: versions.get(slug) ?? version })),
    removed,
    changed: changed.map((change) => ({ ...change, to: versions.get(change.slug) ?? change.to })),
  };
}

function changeOf(before: DeltaModule | undefined, after: DeltaModule): ModuleChange[] {
  if (before === undefined) return [];
  const differing = before.spec === undefined || after.spec === undefined ? [] : differingKeys(before.spec, after.spec);
  if (differing.length === 0 && before.version === after.version) return [];
  const keys = differing.filter((key) => key !== "version" && key !== "rev");
  return [{ slug: after.slug, from: before.version, to: after.version, ...(keys.length === 0 ? {} : { keys }) }];
}

const bySlug = (modules: readonly DeltaModule[]): DeltaModule[] => modules.toSorted((a, b) => byText(a.slug, b.slug));

const reference = ({ slug, version }: DeltaModule): { readonly slug: string; readonly version: string } => ({ slug, version });
