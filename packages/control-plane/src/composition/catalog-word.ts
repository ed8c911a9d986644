import type { ModuleSpec } from "../manifest/manifest.ts";
import type { CatalogIndex } from "./catalog-index.ts";
import type { DescriptorReading } from "./plan.ts";
import { writtenVersion } from "./spec.ts";

/** What is known of a module whose descriptor cannot be read: its spec, and the catalog's words. Never verified. */
export function catalogWord(spec: ModuleSpec, catalog: CatalogIndex): DescriptorReading {
  const entry = catalog.get(spec.slug)?.[0];
  return {
    verified: false,
    descriptor: {
      slug: spec.slug,
      name: entry?.name ?? spec.slug,
      description: entry?.description ?? "",
      version: writtenVersion(spec),
      kind: "optional",
      dependencies: {},
      conflicts: {},
      compat: {},
      packages: {},
      settings: [],
      migrations: { policy: "expand" },
    },
  };
}
