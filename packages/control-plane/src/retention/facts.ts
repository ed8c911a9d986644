/** What can be removed, by what it is. */
export type KeptKind =
  /** What killed work left half made, or half removed. */
  | "leftover"
  | "artifact"
  /** An artifact's file whose bytes had changed: set aside for who wants to know why, and good for nothing else. */
  | "damaged_artifact"
  /** A release's files as the process driver starts them. */
  | "unpacked"
  /** One installed tree of npm packages, or one target directory of cargo: made again when it is missed. */
  | "build_cache"
  /** Everything downloaded by one tool: fetched again when it is missed, if there is a network. */
  | "download_cache"
  | "application_log"
  /** Rows. */
  | "build_log"
  | "idempotency_keys"
  /** The log file of a server of Modyard's own. */
  | "server_log";

/** One thing that is kept and could be removed. */
export interface KeptItem {
  readonly kind: KeptKind;
  /** A path below the data directory, or the identifier of what the rows belong to. */
  readonly name: string;
  /** Space on the disk, or of the rows' texts. */
  readonly bytes: number;
  readonly usedAt: Date;
  /** Somebody has it in use now. */
  readonly busy?: boolean;
  /** Of an artifact, and of what was unpacked from it. */
  readonly digest?: string;
  /** Where it was unpacked. */
  readonly environment?: string;
  /** Whose log it is: a release's or a build's. */
  readonly owner?: string;
}

/** A release, as far as it decides what stays. */
export interface ReleaseFact {
  readonly id: string;
  readonly environment: string;
  readonly status: string;
  readonly digest: string;
  readonly buildId: string;
  /** How many releases of the environment got its traffic after this one did; absent for one that never had it. */
  readonly ranSince?: number;
  /** The active release came after it. */
  readonly isPredecessor: boolean;
  /** A deployment that waits or is under way brings it or leaves it. */
  readonly isInFlight: boolean;
  /** Its processes run, as the environment's driver says. */
  readonly isRunning: boolean;
}

/** A build that needs what it made: it is under way, or the newest that succeeded on its branch. */
export interface BuildFact {
  readonly id: string;
  readonly digest?: string;
  readonly need: "in_flight" | "newest_of_branch";
}

/** Everything that decides what is removed. */
export interface RetentionFacts {
  readonly now: Date;
  readonly items: readonly KeptItem[];
  readonly releases: readonly ReleaseFact[];
  readonly builds: readonly BuildFact[];
}

/** How much is kept, and how long. */
export interface Budget {
  readonly days: number;
  readonly bytes: number;
  /** How many of the releases that ran last in an environment can be gone back to, at least. */
  readonly releases: number;
}

/** One thing that goes, and why. */
export interface Removal {
  readonly kind: KeptKind;
  readonly name: string;
  readonly bytes: number;
  readonly why: string;
  readonly item: KeptItem;
}
