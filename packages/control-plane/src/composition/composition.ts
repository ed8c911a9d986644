import type { MigrationPolicy } from "../manifest/descriptor.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";

/** One module of a composition: what was asked for, and exactly what it became. */
export interface ComposedModule {
  readonly slug: string;
  readonly name: string;
  readonly spec: ModuleSpec;
  /** Exact version; before `resolve` the descriptor's or the catalog's word. */
  readonly version: string;
  /** Lockfile integrity (npm `sha512-…`, cargo checksum) or git commit; absent for paths and before `resolve`. */
  readonly integrity?: string;
  readonly kind: "core" | "optional";
  /** Slugs that must be there before this one, sorted. */
  readonly dependsOn: readonly string[];
  readonly migrationPolicy: MigrationPolicy;
  /** Import path of the server part where the descriptor names one; the package's name otherwise. */
  readonly serverPackage?: string;
  /** Rust type to register where the descriptor names one. */
  readonly entryType?: string;
}

/** The manifest resolved: modules in dependency order. */
export interface Composition {
  readonly app: string;
  readonly manifestHash: string;
  readonly modules: readonly ComposedModule[];
  readonly defaultEnabled: readonly string[];
}

export interface ModuleRef {
  readonly slug: string;
  readonly version: string;
}

export interface ModuleChange {
  readonly slug: string;
  /** Exact versions where known, otherwise what the spec says: a range, a revision, `path`. May be equal: see `keys`. */
  readonly from: string;
  readonly to: string;
  /** Keys of the spec that differ beside the version, e.g. `["features"]`; absent when there are none. */
  readonly keys?: readonly string[];
}

/** What a build changes about the modules, each list sorted by slug. */
export interface ModulesDelta {
  readonly added: readonly ModuleRef[];
  readonly removed: readonly ModuleRef[];
  readonly changed: readonly ModuleChange[];
}
