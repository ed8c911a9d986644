import type { ColumnType, Generated } from "kysely";
import type { Composition, ModulesDelta } from "../composition/composition.ts";
import type { Change } from "../composition/plan.ts";
import type { Json, NullableJson, NullableTimestamp, Timestamp } from "./columns.ts";
import type { DeploymentsTable, EnvironmentOwnersTable, EnvironmentSettingsTable, ReleasesTable } from "./deployment-tables.ts";
import type { StoredFailure, StoredPrincipal } from "./stored.ts";

/** Everything that the control plane remembers, as Kysely sees it: camelCase here, snake_case in the database. */
export interface Database {
  readonly builds: BuildsTable;
  readonly buildRequests: BuildRequestsTable;
  readonly buildSteps: BuildStepsTable;
  readonly buildLogs: BuildLogsTable;
  readonly releases: ReleasesTable;
  readonly deployments: DeploymentsTable;
  readonly environmentOwners: EnvironmentOwnersTable;
  readonly environmentSettings: EnvironmentSettingsTable;
  readonly journal: JournalTable;
  readonly journalChain: JournalChainTable;
  readonly tokens: TokensTable;
  readonly grants: GrantsTable;
  readonly people: PeopleTable;
  readonly credentials: CredentialsTable;
  readonly sessions: SessionsTable;
  readonly signInLinks: SignInLinksTable;
  readonly signInAttempts: SignInAttemptsTable;
  readonly idempotencyKeys: IdempotencyKeysTable;
  readonly artifactRemovals: ArtifactRemovalsTable;
  readonly webhooks: WebhooksTable;
  readonly webhookDeliveries: WebhookDeliveriesTable;
}

export interface BuildsTable {
  readonly id: string;
  status: string;
  stage: string;
  /** 0 to 100 */
  progress: Generated<number>;
  /** deployment profile: monolith | headless */
  profile: string;
  readonly manifestRef: string;
  sourceCommit: string | null;
  resultCommit: string | null;
  manifestHash: string;
  buildKey: string | null;
  /** The key that the landed commit would have, so that a request made after landing finds this build. */
  landedKey: string | null;
  change: Json<Change>;
  modulesDelta: Json<ModulesDelta>;
  composition: NullableJson<Composition>;
  planHash: string | null;
  /** As the request names them. */
  readonly requestedBy: string;
  /** The token that asked in their name; null: they asked themselves. */
  readonly askedBy: Generated<string | null>;
  readonly reason: string;
  readonly deployTo: string | null;
  /** The span that asked for it, as W3C's `traceparent`; null where nothing is traced. */
  readonly traceparent: string | null;
  readonly force: Generated<boolean>;
  releaseId: string | null;
  artifactDigest: string | null;
  artifactBytes: number | null;
  error: NullableJson<StoredFailure>;
  attempt: Generated<number>;
  leaseHolder: string | null;
  /** Grows with every holder of anything; writes of an earlier one are refused. */
  leaseToken: Generated<number>;
  leaseTakenAt: NullableTimestamp;
  leaseExpiresAt: NullableTimestamp;
  /** Never folded with other requests: it was, and that build failed. */
  readonly alone: Generated<boolean>;
  /** The build of several requests that failed and of which this one is a part. */
  readonly unfoldedFrom: string | null;
  /** The build that this one makes again, to be compared: it lands and publishes nothing. */
  readonly verifies: string | null;
  cancelRequestedBy: string | null;
  cancelRequestedAt: NullableTimestamp;
  startedAt: NullableTimestamp;
  finishedAt: NullableTimestamp;
  /** When retention took its log away. */
  logsRemovedAt: NullableTimestamp;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

/** What was asked for and waits in one build: the first request is the one that made the build. */
export interface BuildRequestsTable {
  readonly buildId: string;
  /** From 1. */
  readonly position: number;
  readonly requestedBy: string;
  /** Whose token asked. */
  readonly tokenName: string;
  readonly reason: string;
  readonly change: Json<Change>;
  /** Who asked, exactly. */
  readonly requester: Json<StoredPrincipal>;
  /** Of the HTTP request. */
  readonly requestId: Generated<string | null>;
  readonly createdAt: Timestamp;
}

export interface BuildStepsTable {
  readonly buildId: string;
  readonly attempt: number;
  readonly position: number;
  readonly name: string;
  status: string;
  startedAt: NullableTimestamp;
  finishedAt: NullableTimestamp;
}

export interface BuildLogsTable {
  readonly buildId: string;
  /** From 1, without gaps. */
  readonly line: number;
  readonly step: string;
  readonly stream: string;
  readonly at: Timestamp;
  readonly text: string;
}

export interface JournalTable {
  readonly id: Generated<number>;
  readonly at: Timestamp;
  readonly actor: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reason: string;
  readonly details: Json<Record<string, unknown>>;
  /** Where it came from; null for what Modyard did by itself, and for entries of older versions. */
  readonly address: Generated<string | null>;
  readonly requestId: Generated<string | null>;
  readonly principalKind: Generated<string | null>;
  readonly principalId: Generated<string | null>;
  readonly principalName: Generated<string | null>;
  readonly asked: NullableJson<Readonly<Record<string, unknown>>>;
}

/** Written by the database alone, at the commit of each entry. */
export interface JournalChainTable {
  /** From 1, without gaps, in the order of commits. */
  readonly position: number;
  readonly entryId: number;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

export interface TokensTable {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the token; the token itself is shown once and kept nowhere. */
  readonly hash: string;
  /** Whose it is. Null: nobody's, as the data directory's own and what was made with that. */
  readonly personId: Generated<string | null>;
  /** The token with which this one was made: it never has more than that, and ends with it. */
  readonly madeWithToken: Generated<string | null>;
  /** The name of who made it. */
  readonly createdBy: Generated<string>;
  readonly expiresAt: NullableTimestamp;
  /** Its first and last characters, by which people know it again. Null for tokens of older versions. */
  readonly preview: Generated<string | null>;
  readonly createdAt: Timestamp;
  lastUsedAt: NullableTimestamp;
  revokedAt: NullableTimestamp;
}

/** What people and tokens may do; at most one of a principal for everywhere and for each environment. */
export interface GrantsTable {
  readonly principalKind: string;
  readonly principalId: string;
  /** Null: everywhere that no other grant names. */
  readonly environment: string | null;
  readonly role: string;
  readonly createdAt: Timestamp;
}

export interface PeopleTable {
  readonly id: string;
  name: string;
  /** In lower case. */
  readonly email: string;
  readonly emailVerified: Generated<boolean>;
  readonly image: string | null;
  /** Who invited; null of who came by single sign-on or made the installation. */
  readonly invitedBy: string | null;
  /** When the person came in first; null while nobody took up the invitation. */
  joinedAt: NullableTimestamp;
  disabledAt: NullableTimestamp;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

/** How a person signs in: a password, or the subject that another system knows. */
export interface CredentialsTable {
  readonly id: string;
  readonly personId: string;
  /** `credential` is a password. */
  readonly providerId: string;
  readonly accountId: string;
  /** Its hash. */
  password: string | null;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface SessionsTable {
  readonly id: string;
  readonly personId: string;
  /** Worth nothing without the signature that the cookie carries beside it. */
  readonly token: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  expiresAt: Timestamp;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface SignInLinksTable {
  readonly id: string;
  readonly kind: string;
  /** Null: the link makes the first owner. */
  readonly personId: string | null;
  /** SHA-256 of the link's token. */
  readonly hash: string;
  readonly createdBy: string;
  readonly expiresAt: Timestamp;
  usedAt: NullableTimestamp;
  readonly createdAt: Timestamp;
}

/** How often a password was tried within a span of time. */
export interface SignInAttemptsTable {
  readonly key: string;
  count: number;
  startedAt: Timestamp;
}

export interface IdempotencyKeysTable {
  readonly key: string;
  readonly actor: string;
  /** SHA-256 over method, address and body: the same key with another request is an error. */
  readonly requestHash: string;
  statusCode: number | null;
  response: string | null;
  /** Who answers: an answer is kept only by the one whose claim this still is. */
  claim: string | null;
  /** Heartbeat of who answers. */
  claimedAt: Timestamp;
  createdAt: Timestamp;
}

/** Artifacts whose files are being removed; nobody may count on them any more. */
export interface ArtifactRemovalsTable {
  readonly digest: string;
  readonly markedAt: Timestamp;
}

export interface WebhooksTable {
  readonly id: string;
  url: string;
  description: string;
  /** Types of event that are sent; all where empty. */
  types: string[];
  /** Only events about these environments; all events where empty. */
  environments: string[];
  /** Names the key under which the secrets are sealed. */
  keyId: string;
  /** Sealed. */
  secret: string;
  /** The one before, sealed: it signs too for a while. */
  formerSecret: string | null;
  formerSecretUntil: NullableTimestamp;
  enabled: Generated<boolean>;
  disabledReason: string | null;
  /** The last entry of the journal that was looked at for it. */
  cursor: number;
  /** Since when nothing but failures came back. */
  failingSince: NullableTimestamp;
  /** Its receiver asked to be left alone until then. */
  pausedUntil: NullableTimestamp;
  readonly createdBy: string;
  readonly createdAt: Timestamp;
  updatedAt: Timestamp;
}

/** One attempt to deliver an event, as it is kept. */
export interface DeliveryAttempt {
  readonly at: string;
  readonly durationMs: number;
  /** The answer's; absent when none came. */
  readonly responseStatus?: number;
  /** The beginning of the answer's body. */
  readonly response?: string;
  /** Why it does not count as delivered. */
  readonly error?: string;
}

export interface WebhookDeliveriesTable {
  readonly id: string;
  readonly webhookId: string;
  readonly entryId: number;
  readonly type: string;
  status: Generated<string>;
  attempts: Generated<number>;
  nextAt: Timestamp;
  history: ColumnType<readonly DeliveryAttempt[], string | undefined, string>;
  readonly createdAt: Timestamp;
  finishedAt: NullableTimestamp;
}
