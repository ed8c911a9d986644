import type { Logger } from "pino";
import type { ArtifactStore } from "../build/artifacts/artifact-store.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import type { Environments } from "../deployment/environments.ts";
import type { Budget } from "./facts.ts";

/** What retention works with. */
export interface RetentionContext {
  readonly handle: DatabaseHandle;
  readonly artifacts: ArtifactStore;
  readonly environments: Pick<Environments, "list">;
  readonly dataDirectory: string;
  readonly budget: Budget;
  /** Names this process in the journal. */
  readonly holder: string;
  readonly logger: Logger;
}
