import type { ModuleSpec, PackageKind } from "../manifest/manifest.ts";
import { sortedUnique } from "./text-order.ts";

/** The keys of a spec that may differ between two versions of a manifest. */
const comparedKeys = ["packageName", "source", "version", "git", "rev", "path", "features", "required", "dependsOn", "runtime"] as const;

function comparable(value: ModuleSpec[(typeof comparedKeys)[number]]): unknown {
  return typeof value === "object" ? sortedUnique(value).join("\n") : value;
}

/** The keys in which two specs of one module differ; the order of features and dependencies means nothing. */
export function differingKeys(before: ModuleSpec, after: ModuleSpec): string[] {
  // Unchanged modules are mostly the very same value, and a manifest may have thousands.
  if (before === after) return [];
  return comparedKeys.filter((key) => comparable(before[key]) !== comparable(after[key]));
}

export function isSameSpec(before: ModuleSpec, after: ModuleSpec): boolean {
  return differingKeys(before, after).length === 0;
}

/** What the spec says of the version, for people: the range, the revision, or that it is a path. */
export function writtenVersion(spec: ModuleSpec): string {
  return spec.version ?? spec.rev ?? (spec.source === "path" ? "path" : "*");
}

/** The package manager that a source belongs to; undefined where both have it. */
export function kindOfSource(spec: ModuleSpec): PackageKind | undefined {
  if (spec.source === "npm") return "npm";
  return spec.source === "crates-io" ? "cargo" : undefined;
}

/**
 * The new spec of a module that the manifest has already. A request that only says where a module comes from
 * does not take away what the manifest states about it: that it is core, what it needs, how it runs.
 */
export function keepStatedFacts(current: ModuleSpec | undefined, next: ModuleSpec): ModuleSpec {
  if (current === undefined) return next;
  const runtime = next.runtime ?? current.runtime;
  return {
    ...next,
    required: current.required || next.required,
    dependsOn: next.dependsOn.length > 0 ? next.dependsOn : current.dependsOn,
    ...(runtime === undefined ? {} : { runtime }),
  };
}
