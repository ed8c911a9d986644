import { fail } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import type { Candidate } from "./candidate.ts";
import type { ComposedModule, Composition } from "./composition.ts";
import { isCore } from "./dependencies.ts";

/** The composition that a candidate becomes; versions are exact only after `composeResolved`. */
export function compose(candidate: Candidate, order: readonly string[], manifestHash: string, defaultEnabled: readonly string[]): Composition {
  const modules = order.flatMap((slug) => {
    const spec = candidate.wanted.modules.get(slug);
    return spec === undefined ? [] : [composedModule(candidate, spec)];
  });
  return { app: candidate.situation.manifest.app, manifestHash, modules, defaultEnabled };
}

function composedModule(candidate: Candidate, spec: ModuleSpec): ComposedModule {
  const reading = candidate.reading(spec.slug);
  const descriptor = reading?.descriptor;
  return {
    slug: spec.slug,
    name: descriptor?.name ?? spec.slug,
    spec,
    version: candidate.versionOf(spec.slug),
    kind: isCore(spec, reading) ? "core" : "optional",
    dependsOn: candidate.graph.get(spec.slug) ?? [],
    migrationPolicy: descriptor?.migrations.policy ?? "expand",
    ...(descriptor?.packages.server === undefined ? {} : { serverPackage: descriptor.packages.server }),
    ...(descriptor?.entryType === undefined ? {} : { entryType: descriptor.entryType }),
  };
}

/** What a toolchain's `resolve` says of one module. */
export interface ExactModule {
  readonly slug: string;
  readonly version: string;
  readonly integrity?: string;
  /** What the host's code calls the package, where that is not the package's own name. */
  readonly importName?: string;
}

/**
 * The composition with exact versions and integrity, as the lockfile has them.
 * Throws resolution_incomplete when a module got no version.
 */
export function composeResolved(composition: Composition, resolved: readonly ExactModule[]): Composition {
  const exact = new Map(resolved.map((module) => [module.slug, module]));
  const modules = composition.modules.map((module): ComposedModule => {
    const found = exact.get(module.slug);
    if (found === undefined) return fail("resolution_incomplete", `\`${module.slug}\` got no exact version`, { module: module.slug });
    return { ...module, ...serverPackageOf(module, found), version: found.version, ...(found.integrity === undefined ? {} : { integrity: found.integrity }) };
  });
  return { ...composition, modules };
}

/** The host's own name for a package goes before the package's; not before that of another one, which a descriptor may name. */
function serverPackageOf({ spec, serverPackage }: ComposedModule, { importName }: ExactModule): Pick<ComposedModule, "serverPackage"> {
  const isOwn = serverPackage === undefined || serverPackage === spec.packageName;
  return importName === undefined || !isOwn ? {} : { serverPackage: importName };
}
