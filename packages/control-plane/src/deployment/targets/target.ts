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
  /** When it counts as silent once it has users; the driver's own idea where absent. */
  readonly liveness?: Liveness;
}

/** When an application that has users counts as one that stopped answering, and is started again. */
export interface Liveness {
  /** Between two looks at its health path. */
  readonly intervalSeconds: number;
  /** How long one answer may take. */
  readonly timeoutSeconds: number;
  /** How many looks in a row must fail; 0: it is never ended for its silence. */
  readonly failures: number;
  /** How long it may take after a start before silence counts. */
  readonly startSeconds: number;
}

/** One release as the driver sees it now. */
export interface ObservedRelease {
  readonly releaseId: string;
  /**
   * `starting`: its process is there, its port not yet. `running`: it accepts connections (well or not is for the smoke check).
   * `backing_off`: it ended by itself and will be started again. `failed`: it ended by itself before it ever had the traffic
   * and stays so. `stopped`: it was told to stop.
   */
  readonly status: "starting" | "running" | "backing_off" | "stopped" | "failed";
  readonly pid?: number;
  /** Base address at which the release answers before any switch, e.g. `http://127.0.0.1:41234`. */
  readonly address?: string;
  readonly restarts: number;
  readonly startedAt?: string;
  /** When and why it was started again by itself last: it `ended`, or was ended because it was `silent`. Kept over restarts of the driver. */
  readonly lastRestart?: { readonly at: string; readonly kind: "ended" | "silent"; readonly reason: string };
  /** How it ended last. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
  /** Requests (open streams and WebSockets included) that this release is answering now, where the driver can count them. */
  readonly inFlight?: number;
  /** The application's last lines, at most 200, the driver's own notes of starts and ends among them. */
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
  /** Only for `process`: the gateway's process id. */
  readonly gatewayPid?: number;
  /** The highest fence that it has been driven with; absent where the driver's side is of a version that knows none. */
  readonly fence?: number;
  /** Only for `process`: whether applications are to be in a sandbox; absent where the gateway is of a version that knows none. */
  readonly sandbox?: "asked" | "off";
}

/**
 * How releases run in one environment. Every method may be called again after a crash and then ends in the same state:
 * a release that is prepared, started, active or stopped already is simply left so.
 *
 * `fence` is the token of the caller's lease. The environment remembers the highest, for good, and refuses with lease_lost
 * whoever comes with a smaller one: a worker that was stopped and lost its lease can change nothing when it goes on.
 */
export interface Target {
  readonly kind: "process" | "compose" | "kubernetes";
  /** Makes the artifact ready to start (unpack, pull); nothing runs yet. */
  prepare(release: ReleaseToRun, fence: number): Promise<void>;
  /** Starts the release beside what runs; resolves with its address when its process is there, well or not. */
  start(release: ReleaseToRun, fence: number): Promise<ObservedRelease>;
  /** The release as it is now. Throws release_not_found for one that was never started here. */
  check(releaseId: string): Promise<ObservedRelease>;
  /**
   * Sends all new requests to this release, at once; resolves when no request under way is left on any other, or after the
   * drain time. Refused with release_not_running when the release does not accept connections.
   */
  switch(releaseId: string, drainTimeoutSeconds: number, fence: number): Promise<{ readonly drained: boolean }>;
  /** Stops a release that is not active (SIGTERM, then SIGKILL after its grace); its artifact stays. The active one: release_is_active. */
  stop(releaseId: string, fence: number): Promise<void>;
  observe(): Promise<Observation>;
}
