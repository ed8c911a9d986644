import type { ModuleSpec } from "./manifest.ts";

/** One module that can be installed, as `marketplace.toml` describes it. */
export interface CatalogEntry {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** What would be written into the manifest. */
  readonly spec: ModuleSpec;
  /** The version that the catalog claims, also for `git` and `path` sources, whose specs have none. */
  readonly version?: string;
  /** Whether the package's lifecycle scripts may run (in the sandbox). Off unless the catalog says so. */
  readonly allowScripts: boolean;
}

/** `marketplace.toml`, parsed. */
export interface Catalog {
  readonly schema: 1;
  /** ISO 8601, as written. */
  readonly updatedAt?: string;
  readonly entries: readonly CatalogEntry[];
}
