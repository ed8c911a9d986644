import { formatSpec, specEntries, type SpecValue } from "../format-spec.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { addEntrySplices, type NewEntry } from "./add-entry.ts";
import type { Layout } from "./layout.ts";
import type { Source, Splice } from "./source.ts";

/** Writes modules where the file has its others, in their style. */
export function addModuleSplices(source: Source, layout: Layout, specs: readonly ModuleSpec[], kind: PackageKind): readonly Splice[] {
  const entries = specs.map((spec): NewEntry => ({ name: spec.slug, value: (style) => formatSpec(spec, kind, style), keys: new Map<string, SpecValue>(specEntries(spec, kind)) }));
  return addEntrySplices(source, layout.modules, entries, (pair) => pair.value.type === "TOMLInlineTable");
}
