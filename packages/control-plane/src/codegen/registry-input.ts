import type { Composition } from "../composition/composition.ts";
import type { DescriptorReading } from "../composition/plan.ts";
import { byText, sortedUnique } from "../composition/text-order.ts";
import type { Manifest, ModuleSpec } from "../manifest/manifest.ts";

/** One module as the templates see it. */
export interface RegisteredModule {
  readonly slug: string;
  /** What the host imports: the descriptor's server package, otherwise the manifest's package or crate. */
  readonly importName: string;
  /** The package's own name, by which paths of its types may begin although the host calls it otherwise. */
  readonly packageName?: string;
  /** Directory relative to the host's root; only for `path` modules. */
  readonly path?: string;
  /** The Rust type that the descriptor names. */
  readonly entryType?: string;
}

/** What the templates generate from. Both lists are sorted, so that equal compositions give equal files. */
export interface RegistryInput {
  readonly modules: readonly RegisteredModule[];
  readonly defaultEnabled: readonly string[];
}

interface Facts {
  readonly spec: ModuleSpec;
  readonly serverPackage?: string | undefined;
  readonly entryType?: string | undefined;
}

function inputOf(modules: readonly Facts[], defaultEnabled: readonly string[]): RegistryInput {
  return { modules: modules.map(registered).toSorted((a, b) => byText(a.slug, b.slug)), defaultEnabled: sortedUnique(defaultEnabled) };
}

function registered({ spec, serverPackage, entryType }: Facts): RegisteredModule {
  return {
    slug: spec.slug,
    importName: serverPackage ?? spec.packageName,
    packageName: spec.packageName,
    ...(spec.path === undefined ? {} : { path: spec.path }),
    ...(entryType === undefined ? {} : { entryType }),
  };
}

/**
 * What is generated from a composition, or from a manifest and such descriptors as can be read on the spot.
 * Both come to the same where the descriptors and the host's own names of packages (by slug) are the same.
 */
export function registryInput(source: Manifest | Composition, descriptors: ReadonlyMap<string, DescriptorReading> = new Map(), importNames: ReadonlyMap<string, string> = new Map()): RegistryInput {
  if ("defaultEnabled" in source) return inputOf(source.modules, source.defaultEnabled);
  const facts = source.modules.map((spec): Facts => {
    const descriptor = descriptors.get(spec.slug)?.descriptor;
    const own = descriptor?.packages.server ?? spec.packageName;
    return { spec, serverPackage: own === spec.packageName ? (importNames.get(spec.slug) ?? own) : own, entryType: descriptor?.entryType };
  });
  return inputOf(facts, source.settings.defaultEnabled);
}
