/** The separately built parts of a host. */
export type SurfaceName = "server" | "admin" | "storefront";

/** How one surface is built, tested, started and asked for its health. Commands are argument lists, never shell text. */
export interface Surface {
  readonly name: SurfaceName;
  /** True where only a preset names this surface: it is left out when its directory is not there. */
  readonly optional?: boolean;
  /** Directory relative to the host's root. */
  readonly directory: string;
  /** Run in the host's root; absent: this surface has nothing to compile. */
  readonly build?: readonly string[];
  readonly test?: readonly string[];
  /** Paths below `directory` that the artifact needs. */
  readonly output: readonly string[];
  /** Run in `directory`; absent: a surface of static files. `PORT` and `HOST` are in its environment. */
  readonly start?: readonly string[];
  readonly health: string;
  readonly modulesHealth: string;
}

/** Where releases run, as the host's own file states it; the server's settings may override. */
export interface EnvironmentDefaults {
  readonly name: string;
  readonly target: "process" | "compose" | "kubernetes";
  /** `HOST:PORT` on which the gateway listens; only for `process`. */
  readonly listen?: string;
  /** Variables for the application; never secrets (they come from the server's own settings). */
  readonly env: Readonly<Record<string, string>>;
  /** How long a new release may take to become healthy, in seconds. */
  readonly startTimeoutSeconds: number;
  /** How long requests under way may take after the switch, in seconds. */
  readonly drainTimeoutSeconds: number;
  /** How long the new release is watched after the switch, in seconds. */
  readonly observeSeconds: number;
  /** When an application with users counts as silent, and is started again; only what the file says. */
  readonly liveness?: {
    /** Seconds between two looks at its health path. */
    readonly intervalSeconds?: number;
    /** Seconds that one answer may take. */
    readonly timeoutSeconds?: number;
    /** Looks in a row that must fail; 0: silence ends nothing. */
    readonly failures?: number;
  };
}

/** Usual layouts of hosts, so that a normal modyard.toml is short. */
export type PresetName = "npm-workspaces" | "npm" | "cargo";

/** `modyard.toml`, parsed: how to build and run a host. Data, not code. */
export interface HostDescriptor {
  readonly schema: 1;
  /** The preset that the file builds on; its values are filled in already. */
  readonly preset?: PresetName;
  readonly toolchain: "npm" | "cargo";
  /** The host's own version, against which `compat.server` is checked; from package.json or Cargo.toml where absent. */
  readonly version?: string;
  readonly registry: {
    /** The generated registry file, e.g. `apps/server/src/modules/generated.ts`. */
    readonly output: string;
    /** Optional TypeScript solution file that is generated with references to the installed path modules. */
    readonly references?: string;
  };
  /** `server` first. The package.json or Cargo.toml in the server's directory takes the modules as dependencies. */
  readonly surfaces: readonly Surface[];
  /** Directories (relative or absolute) outside the host that `path` modules may come from. */
  readonly pathRoots: readonly string[];
  /** Catalogs: paths, HTTP(S) URLs or git URLs, in order of precedence. */
  readonly catalogs: readonly string[];
  readonly environments: readonly EnvironmentDefaults[];
}
