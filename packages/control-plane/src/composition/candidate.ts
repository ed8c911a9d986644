import type { ModuleSpec, PackageKind } from "../manifest/manifest.ts";
import { graphOf, type DependencyGraph } from "./dependencies.ts";
import type { DescriptorReading } from "./plan.ts";
import type { Situation } from "./situation.ts";
import { isSameSpec, kindOfSource, writtenVersion } from "./spec.ts";
import { sortedUnique } from "./text-order.ts";
import type { Wanted } from "./wanted.ts";

/** The composition to be, as the checks look at it. */
export interface Candidate {
  readonly situation: Situation;
  readonly wanted: Wanted;
  /** Wanted slugs in the alphabet's order. */
  readonly slugs: readonly string[];
  readonly graph: DependencyGraph;
  readonly hostVersion?: string;
  /** The kind of all modules; undefined while neither the manifest nor the host nor any module says which. */
  readonly packageKind?: PackageKind;
  /** The version that a wanted module will have: exact where known, otherwise as the spec writes it. */
  versionOf(slug: string): string;
  /** The version that a module of the manifest has now. */
  versionBefore(slug: string): string;
  reading(slug: string): DescriptorReading | undefined;
}

/** What the host says beside its manifest. All of it is optional; a plan knows less without. */
export interface HostFacts {
  /** The host's own version, for `compat.server`. */
  readonly hostVersion?: string;
  /** The host's toolchain: which kind of package an empty manifest takes. */
  readonly toolchain?: PackageKind;
  /** Exact versions of the present lockfile, by slug. */
  readonly installedVersions?: ReadonlyMap<string, string>;
}

export function candidateOf(situation: Situation, wanted: Wanted, facts: HostFacts): Candidate {
  const packageKind = situation.manifest.packageKind ?? facts.toolchain ?? firstKind(wanted.modules.values());
  const reading = (slug: string): DescriptorReading | undefined => situation.descriptors.get(slug);
  const readVersion = (slug: string): string | undefined => reading(slug)?.resolvedVersion ?? reading(slug)?.descriptor.version;
  const versionBefore = (slug: string): string => {
    const before = situation.current.get(slug);
    if (before === undefined) return "";
    const after = wanted.modules.get(slug);
    // The reading is of the changed spec: it says nothing of the version before.
    const stays = after === undefined || isSameSpec(before, after);
    return facts.installedVersions?.get(slug) ?? (stays ? readVersion(slug) : undefined) ?? writtenVersion(before);
  };
  const versionOf = (slug: string): string => {
    const after = wanted.modules.get(slug);
    if (after === undefined) return "";
    const before = situation.current.get(slug);
    return before !== undefined && isSameSpec(before, after) ? versionBefore(slug) : (readVersion(slug) ?? writtenVersion(after));
  };
  return {
    situation,
    wanted,
    slugs: sortedUnique(wanted.modules.keys()),
    graph: graphOf(wanted.modules, situation.descriptors),
    ...(facts.hostVersion === undefined ? {} : { hostVersion: facts.hostVersion }),
    ...(packageKind === undefined ? {} : { packageKind }),
    versionOf,
    versionBefore,
    reading,
  };
}

function firstKind(specs: Iterable<ModuleSpec>): PackageKind | undefined {
  return [...specs].map(kindOfSource).find((kind) => kind !== undefined);
}

/** Runs a check on every wanted module, in the alphabet's order. */
export function ofEachModule<T>(candidate: Candidate, check: (slug: string, spec: ModuleSpec) => readonly T[]): T[] {
  return candidate.slugs.flatMap((slug) => {
    const spec = candidate.wanted.modules.get(slug);
    return spec === undefined ? [] : check(slug, spec);
  });
}
