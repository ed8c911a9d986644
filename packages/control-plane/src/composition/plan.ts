import type { Problem } from "../errors/problem.ts";
import type { Descriptor } from "../manifest/descriptor.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import type { Composition, ModulesDelta } from "./composition.ts";

/** What is asked for. `spec` absent: the catalog's. */
export interface InstallRequest {
  readonly slug: string;
  /** A version or range that overrides the catalog's; of a `git` source, its revision. */
  readonly version?: string;
  readonly spec?: ModuleSpec;
  /** Also put the module, and what it needs, into `default_enabled`. Off unless asked for. */
  readonly enable?: boolean;
}

export interface UpgradeRequest {
  readonly slug: string;
  /** Absent: the newest that the catalog offers. Of a `git` source, its revision. */
  readonly version?: string;
  /** For `git` sources only. */
  readonly rev?: string;
}

/** A change of the manifest, before it is planned. Empty lists are a plain rebuild. */
export interface Change {
  readonly install: readonly InstallRequest[];
  readonly uninstall: readonly string[];
  readonly upgrade: readonly UpgradeRequest[];
  /** The seeds' form: exactly these modules are wanted. Excludes the three lists. */
  readonly modules?: readonly ModuleSpec[];
  /** Take along what depends on an uninstalled module, instead of being blocked. */
  readonly cascade: boolean;
}

/** A descriptor as it was read, or the catalog's word where its source could not be reached. */
export interface DescriptorReading {
  readonly descriptor: Descriptor;
  /** False: the catalog's word only; the plan says so. */
  readonly verified: boolean;
  /** False: the package was read and has no descriptor file, so nothing says that it is a module. */
  readonly described?: boolean;
  /** Exact version that the spec would resolve to, where known. */
  readonly resolvedVersion?: string;
  /** What the package says for people; a plan takes no notice of it. */
  readonly about?: ModuleAbout;
}

/** What a module's package says for people. Text of others: never markup to be trusted. */
export interface ModuleAbout {
  /** Its readme, in Markdown, cut where it is very long. */
  readonly readme?: string;
  /** As the package says it, mostly an SPDX expression. */
  readonly licence?: string;
  readonly homepage?: string;
}

/**
 * What would change, and whether it may. `planHash` covers the starting manifest, the change and its result:
 * who confirms a plan confirms exactly this. A plan with blockers cannot be built.
 */
export interface Plan {
  readonly schema: 1;
  readonly planHash: string;
  readonly change: Change;
  readonly manifestHashBefore: string;
  readonly manifestHashAfter: string;
  readonly delta: ModulesDelta;
  /** Dependency order of the result. */
  readonly order: readonly string[];
  /** Slugs that come along although nobody named them. */
  readonly alongInstalled: readonly string[];
  readonly alongUninstalled: readonly string[];
  readonly blockers: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Slugs whose descriptors could not be read. */
  readonly unverified: readonly string[];
  readonly composition: Composition;
  /** The new text of modules.toml. */
  readonly manifestText: string;
}
