import type { Logger } from "pino";
import type { DatabaseHandle } from "../database/connection.ts";
import type { LeaseKeeper } from "../jobs/leases/keeper.ts";
import type { JobQueue } from "../jobs/queue.ts";
import type { ArtifactStore } from "./artifacts/artifact-store.ts";
import type { HostReader } from "./host/reader.ts";
import type { HostRepository } from "./host/repository.ts";
import type { Toolchains } from "./toolchains.ts";

/** What one build may take. Zero, or absent: no limit. */
export interface BuildLimits {
  /** The longest that one command may take, in seconds. */
  readonly commandSeconds: number;
  /** The longest that one command may print nothing, in seconds. */
  readonly silenceSeconds?: number;
  /** Memory of all processes of one command together, in bytes. */
  readonly memoryBytes?: number;
  /** Processes and threads of one command. */
  readonly processes?: number;
  /** The largest file that a command may write, in bytes. */
  readonly fileBytes?: number;
  /** Free space below which no build begins and a running command is ended, in bytes. */
  readonly freeBytes: number;
}

/** Everything that requesting and running builds works with. */
export interface BuildContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
  /** Keeps the leases of what this process works at. */
  readonly leases: LeaseKeeper;
  readonly repository: HostRepository;
  readonly reader: HostReader;
  readonly toolchains: Toolchains;
  readonly artifacts: ArtifactStore;
  /** Makes room on the disk when it is nearly full. Throws disk_full when that is not enough for a build. */
  readonly assertRoom: () => Promise<void>;
  readonly dataDirectory: string;
  /** Absolute directories outside the host that `path` modules may come from, as the operator allows. */
  readonly pathRoots: readonly string[];
  readonly limits: BuildLimits;
  /** Names this worker in leases. */
  readonly holder: string;
  readonly logger: Logger;
  /** Values that must never appear in a log. */
  readonly secrets: readonly string[];
}
