/** Where a module comes from. `npm` belongs to npm hosts, `crates-io` to cargo hosts; `git` and `path` to both. */
export type SourceKind = "npm" | "crates-io" | "git" | "path";

/** Which package manager a host's modules belong to: `package` keys mean npm, `crate` keys mean cargo. */
export type PackageKind = "npm" | "cargo";

/** One module of the manifest: a line below `[modules]`. */
export interface ModuleSpec {
  readonly slug: string;
  /** The npm package or cargo crate that holds the module. */
  readonly packageName: string;
  readonly source: SourceKind;
  /** A version or range as written; only for `npm` and `crates-io`. */
  readonly version?: string;
  /** Git URL; only for `git`. */
  readonly git?: string;
  /** Commit, tag or branch; only for `git`. */
  readonly rev?: string;
  /** Directory relative to the manifest; only for `path`. */
  readonly path?: string;
  /** Features asked for, as written; order carries no meaning. */
  readonly features: readonly string[];
  /** A core module: always on, cannot be uninstalled. */
  readonly required: boolean;
  /** Slugs of modules that this one needs, as stated in the manifest itself. */
  readonly dependsOn: readonly string[];
  /** Schema 2: how the module runs, e.g. `extension`. Kept and hashed, not interpreted. */
  readonly runtime?: string;
}

/** `release` or `debug`, as cargo and the seeds name them. */
export type BuildProfile = "release" | "debug";

/** One release of everything, or separate releases for the server and the user interfaces. */
export type DeploymentProfile = "monolith" | "headless";

/** `modules.toml`, parsed: the only source of truth of a composition. */
export interface Manifest {
  readonly schema: 1 | 2;
  readonly app: string;
  /** Undefined while no module says which (an empty `[modules]`). */
  readonly packageKind?: PackageKind;
  readonly build: {
    readonly target?: string;
    readonly profile: BuildProfile;
    readonly deploymentProfile: DeploymentProfile;
    /** Schema 2's `[build.server]`, `[build.admin]`, `[[build.storefront]]`: plain data, kept and hashed. */
    readonly surfaces?: Readonly<Record<string, unknown>>;
  };
  /** In the order of the file. */
  readonly modules: readonly ModuleSpec[];
  readonly settings: { readonly defaultEnabled: readonly string[] };
}
