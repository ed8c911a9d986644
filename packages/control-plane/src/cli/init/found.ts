import type { Problem } from "../../errors/problem.ts";
import type { Descriptor } from "../../manifest/descriptor.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { Manifest } from "../../manifest/manifest.ts";

/** What the repository's directory is for git. Nothing of the repository's own git configuration is run to learn it. */
export type GitFound =
  | { readonly at: "root"; readonly branch?: string; readonly commits: boolean; /** Files that are not committed; absent: not looked at. */ readonly changed?: number }
  /** `root`: the way up to the repository's root, such as `../..`. */
  | { readonly at: "below"; readonly root: string }
  | { readonly at: "none" };

/** One package.json. */
export interface PackageFound {
  /** Relative to the repository's root with `/`; "" is the root. */
  readonly directory: string;
  readonly name?: string;
  readonly workspaces: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly main?: string;
  readonly bin?: string;
  /** `module` or `commonjs`, as written. */
  readonly type?: string;
  /** `engines.node`. */
  readonly node?: string;
  /** `module.toml` beside it. */
  readonly descriptor?: Descriptor;
}

/** A dependency of a crate, as far as it tells where a module comes from. */
export interface CrateDependency {
  readonly packageName: string;
  readonly version?: string;
  readonly git?: string;
  readonly rev?: string;
  /** Relative to the repository's root. */
  readonly path?: string;
  readonly features: readonly string[];
}

/** One Cargo.toml with a package. */
export interface CrateFound {
  readonly directory: string;
  readonly name: string;
  readonly version?: string;
  readonly edition?: string;
  /** Names of its programs. */
  readonly binaries: readonly string[];
  readonly defaultRun?: string;
  /** By the key in `[dependencies]`; those of the workspace are filled in. */
  readonly dependencies: Readonly<Record<string, CrateDependency>>;
  /** Types for which the crate implements `RusToKModule`, in src/lib.rs or src/module.rs. */
  readonly moduleTypes: readonly string[];
  readonly descriptor?: Descriptor;
}

/** The workspace's own Cargo.toml, and .cargo/config.toml. */
export interface CargoFound {
  readonly isWorkspace: boolean;
  /** `members` and `exclude` of `[workspace]`, as written. */
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  /** `[build] target` of .cargo/config.toml. */
  readonly target?: string;
  /** Crates that `[patch.crates-io]` replaces. */
  readonly patched: readonly string[];
}

/** Everything that a look at a repository told. Plain data: proposals are made from it alone. */
export interface Found {
  readonly git: GitFound;
  /** Files of the root that matter by their being there: lockfiles, marketplace.toml, modyard.toml, … */
  readonly rootFiles: readonly string[];
  readonly packages: readonly PackageFound[];
  readonly crates: readonly CrateFound[];
  readonly cargo?: CargoFound;
  /** TypeScript solution file of the root whose references are modules. */
  readonly references?: string;
  /** Present files; undefined: not there or not valid. */
  readonly host?: HostDescriptor;
  readonly manifest?: Manifest;
  /** Slugs of marketplace.toml. */
  readonly catalogued: readonly string[];
  /** Files that could not be read, and whether the look ended early. */
  readonly problems: readonly Problem[];
}

/** A closer look at the package or crate that is the server. */
export interface ServerFound {
  readonly toolchain: "npm" | "cargo";
  readonly directory: string;
  /** tsconfig's `outDir`, relative to the server's directory. */
  readonly outDir?: string;
  readonly isTypeScript: boolean;
  /** Its source files that are usual entry points, relative to its directory. */
  readonly entries: readonly string[];
  /** Whether it has a `src` directory. */
  readonly hasSrc: boolean;
  /** The generated registry, where Modyard wrote one already. Path relative to the repository's root. */
  readonly registry?: { readonly path: string; readonly text: string };
  /** Which of the words that a host needs stand in its sources. */
  readonly mentions: readonly Mention[];
  /** Modules among its installed packages: package -> descriptor. */
  readonly installed: Readonly<Record<string, Descriptor>>;
}

/** Words of the contract between host and Modyard. */
export const MENTIONS = ["/health", "/health/modules", "PORT", "SIGTERM", "MODYARD_BUILD_ID", "@modyard/runtime", "registerModules", "register_modules"] as const;
export type Mention = (typeof MENTIONS)[number];

/** Other words for the same, as libraries have them. */
export const SYNONYMS: Partial<Readonly<Record<Mention, readonly string[]>>> = { SIGTERM: ["SignalKind::terminate"] };
