/** What a driver needs to know to run one release beside others. Plain data. */
export interface ReleaseToRun {
  readonly releaseId: string;
  readonly buildId: string;
  readonly artifactDigest: string;
  /** The argument list that starts the server surface, run in `directory` (relative to the unpacked artifact). */
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  /** The application's environment, complete but for PORT and HOST. May hold secrets: never logged. */
  readonly env: Readonly<Record<string, string>>;
  readonly healthPath: string;
}

/** One release as the driver sees it now. */
export interface ObservedRelease {
  readonly releaseId: string;
  readonly status: "starting" | "running" | "backing_off" | "stopped" | "failed";
  readonly pid?: number;
  /** Base address at which the release answers before any switch, e.g. `http://127.0.0.1:41234`. */
  readonly address?: string;
  readonly restarts: number;
  readonly startedAt?: string;
  /** How it ended last. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
  /** The application's last lines. */
  readonly lastLines: readonly string[];
}

/** What an environment's driver reports: facts, for the control plane to compare with what it wants. */
export interface Observation {
  readonly environment: string;
  /** The release that gets the traffic. */
  readonly activeReleaseId?: string;
  readonly releases: readonly ObservedRelease[];
  /** Where users reach the environment, e.g. `http://127.0.0.1:8080`. */
  readonly url?: string;
}

/**
 * How releases run in one environment. Every method may be called again after a crash and then ends in the same state:
 * a release that is prepared, started, active or stopped already is simply left so.
 */
export interface Target {
  readonly kind: "process" | "compose" | "kubernetes";
  /** Makes the artifact ready to start (unpack, pull); nothing runs yet. */
  prepare(release: ReleaseToRun): Promise<void>;
  /** Starts the release beside what runs; resolves with its address when its process is there, well or not. */
  start(release: ReleaseToRun): Promise<ObservedRelease>;
  /** The release as it is now. */
  check(releaseId: string): Promise<ObservedRelease>;
  /** Sends all new requests to this release; resolves when no request under way is left on the old one, or after the drain time. */
  switch(releaseId: string, drainTimeoutSeconds: number): Promise<{ readonly drained: boolean }>;
  /** Stops a release that is not active (SIGTERM, then SIGKILL after its grace); its artifact stays. */
  stop(releaseId: string): Promise<void>;
  observe(): Promise<Observation>;
}
