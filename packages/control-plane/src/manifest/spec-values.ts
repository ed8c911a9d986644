import type { ModuleSpec, PackageKind } from "./manifest.ts";
import type { WrittenManifestSpec } from "./schema/module-spec.ts";
import { isRegistrySource } from "./source-rules.ts";

/** A written spec as the rest of the program reads it: defaults filled in, absent keys absent. */
export function toSpec(slug: string, written: WrittenManifestSpec): ModuleSpec {
  const { version, git, rev, path, runtime } = written;
  return {
    slug,
    packageName: written.crate ?? written.package ?? "",
    source: written.source,
    ...(isRegistrySource(written.source) ? { version: version ?? "*" } : {}),
    ...(git === undefined ? {} : { git }),
    ...(rev === undefined ? {} : { rev }),
    ...(path === undefined ? {} : { path }),
    features: written.features ?? [],
    required: written.required ?? false,
    dependsOn: written.depends_on ?? written.dependencies ?? [],
    ...(runtime === undefined ? {} : { runtime }),
  };
}

/** The kind of package that a written spec names; undefined when it names none. */
export function writtenKind(written: { readonly crate?: unknown; readonly package?: unknown }): PackageKind | undefined {
  if (written.crate !== undefined) return "cargo";
  return written.package === undefined ? undefined : "npm";
}
