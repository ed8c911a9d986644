import type { ColumnType, Generated } from "kysely";
import type { Composition } from "../composition/composition.ts";
import type { Surface } from "../manifest/host-descriptor.ts";
import type { Json, NullableJson, NullableTimestamp, Timestamp } from "./columns.ts";
import type { StoredDecision, StoredFailure, StoredPrincipal } from "./stored.ts";

export interface ReleasesTable {
  readonly id: string;
  status: string;
  readonly buildId: string;
  readonly environment: string;
  readonly containerImage: string | null;
  readonly artifactDigest: string;
  readonly surfaces: Json<readonly Surface[]>;
  readonly manifestHash: string;
  readonly sourceCommit: string;
  readonly composition: Json<Composition>;
  previousReleaseId: string | null;
  readonly createdAt: Timestamp;
  deployedAt: NullableTimestamp;
  rolledBackAt: NullableTimestamp;
  updatedAt: Timestamp;
}

/** A step of a deployment, as it is shown. */
export interface DeploymentStep {
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
}

export interface DeploymentsTable {
  readonly id: string;
  status: string;
  readonly kind: string;
  readonly environment: string;
  readonly releaseId: string;
  readonly buildId: string;
  fromReleaseId: string | null;
  steps: Json<readonly DeploymentStep[]>;
  /** The span that asked for it; see builds. */
  readonly traceparent: string | null;
  readonly requestedBy: string;
  /** As of a build. */
  readonly askedBy: Generated<string | null>;
  readonly reason: string;
  error: NullableJson<StoredFailure>;
  /** Who asked for it: none of them may approve it. */
  readonly requesters: ColumnType<readonly StoredPrincipal[], string | undefined, never>;
  /** Null while it waits for approval, and for one that never did. */
  decision: NullableJson<StoredDecision>;
  /** What became of the change in the host's branch when it was not approved; `pending`: not looked at yet. */
  branch: ColumnType<"pending" | "taken_back" | "kept" | null, null | undefined, "pending" | "taken_back" | "kept" | null>;
  /** Workers that held it so far. */
  attempt: Generated<number>;
  leaseHolder: string | null;
  leaseToken: Generated<number>;
  leaseTakenAt: NullableTimestamp;
  leaseExpiresAt: NullableTimestamp;
  startedAt: NullableTimestamp;
  finishedAt: NullableTimestamp;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

/** Where an environment's gateway and applications live. */
export interface EnvironmentOwnersTable {
  readonly environment: string;
  /** The data directory's own identifier. */
  owner: string;
  /** When a process of the owner last looked after it. */
  seenAt: Timestamp;
}

/** What owners set for an environment; one without a row has the defaults. */
export interface EnvironmentSettingsTable {
  readonly environment: string;
  approvalRequired: boolean;
  changedBy: string;
  changedAt: Timestamp;
}
