import type { Logger } from "pino";
import type { HostRepository } from "../build/host/repository.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import type { KeptLease, LeaseKeeper } from "../jobs/leases/keeper.ts";
import type { JobQueue } from "../jobs/queue.ts";
import type { Environments } from "./environments.ts";

/** What carrying out a deployment works with. */
export interface DeploymentContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
  /** Keeps the leases of what this process works at. */
  readonly leases: LeaseKeeper;
  readonly repository: HostRepository;
  readonly environments: Environments;
  /** Names this worker in leases. */
  readonly holder: string;
  readonly logger: Logger;
}

/** What the holder of one deployment works with. */
export interface HolderContext extends DeploymentContext {
  readonly lease: KeptLease;
}
