import type { Catalog } from "../manifest/catalog.ts";
import type { Manifest, ModuleSpec } from "../manifest/manifest.ts";
import { indexCatalogs, type CatalogIndex } from "./catalog-index.ts";
import type { Change, DescriptorReading } from "./plan.ts";

/** What every part of the planner looks at: the manifest as it is, what is asked for, and what is known of the modules. */
export interface Situation {
  readonly manifest: Manifest;
  /** The manifest's modules by slug. */
  readonly current: ReadonlyMap<string, ModuleSpec>;
  readonly change: Change;
  readonly catalog: CatalogIndex;
  /** By slug, each read at the spec that the plan would write. */
  readonly descriptors: ReadonlyMap<string, DescriptorReading>;
  /** Exact versions of the present lockfile, by slug, as far as they are known. */
  readonly installed: ReadonlyMap<string, string>;
}

export function situationOf(facts: {
  readonly manifest: Manifest;
  readonly change: Change;
  readonly catalogs: readonly Catalog[];
  readonly descriptors: ReadonlyMap<string, DescriptorReading>;
  readonly installedVersions?: ReadonlyMap<string, string>;
}): Situation {
  const { manifest, change, catalogs, descriptors, installedVersions = new Map<string, string>() } = facts;
  return { manifest, change, catalog: indexCatalogs(catalogs), descriptors, installed: installedVersions, current: new Map(manifest.modules.map((spec) => [spec.slug, spec])) };
}

/** Slugs as a sentence names them: `a`, `b` and `c`, in the order given. */
export function listed(slugs: readonly string[]): string {
  const quoted = slugs.map((slug) => `\`${slug}\``);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} and ${last}`;
}
