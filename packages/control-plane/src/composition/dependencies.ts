import type { ModuleSpec } from "../manifest/manifest.ts";
import type { DescriptorReading } from "./plan.ts";
import { sortedUnique } from "./text-order.ts";

/** Everything that a module needs, by the manifest's word and its descriptor's: slugs, sorted. */
export function dependenciesOf(spec: ModuleSpec, reading: DescriptorReading | undefined): string[] {
  return sortedUnique([...spec.dependsOn, ...Object.keys(reading?.descriptor.dependencies ?? {})]);
}

/** Core: the manifest or the module itself says that it is always on. */
export function isCore(spec: ModuleSpec, reading: DescriptorReading | undefined): boolean {
  return spec.required || reading?.descriptor.kind === "core";
}

/** slug -> its dependencies, sorted, for all modules of a composition to be. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

export function graphOf(modules: ReadonlyMap<string, ModuleSpec>, descriptors: ReadonlyMap<string, DescriptorReading>): DependencyGraph {
  return new Map([...modules].map(([slug, spec]) => [slug, dependenciesOf(spec, descriptors.get(slug))]));
}

/** The graph turned round: slug -> who needs it, sorted. Slugs that nobody needs are absent. */
export function dependentsIn(graph: DependencyGraph): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const slug of sortedUnique(graph.keys())) {
    for (const dependency of graph.get(slug) ?? []) {
      const known = dependents.get(dependency);
      if (known === undefined) dependents.set(dependency, [slug]);
      else known.push(slug);
    }
  }
  return dependents;
}
