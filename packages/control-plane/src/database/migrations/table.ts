import type { Kysely } from "kysely";
import * as first from "./0001-first.ts";
import * as indexes from "./0002-indexes.ts";
import * as leases from "./0003-leases.ts";
import * as environments from "./0004-environments.ts";
import * as retention from "./0005-retention.ts";
import * as people from "./0006-people.ts";
import * as grants from "./0007-grants.ts";
import * as approvals from "./0008-approvals.ts";
import * as journalChain from "./0009-journal-chain.ts";
import * as webhooks from "./0010-webhooks.ts";
import * as traces from "./0011-traces.ts";
import * as webhookTypes from "./0012-webhook-types.ts";
import * as verifications from "./0013-verifications.ts";

/** One change of the schema. */
export interface SchemaMigration {
  /** Runs in the transaction that all pending migrations share: it applies completely or not at all. */
  up(db: Kysely<unknown>): Promise<void>;
  /**
   * Whether versions that do not know this migration must not run on the database any more. Additions that they
   * never look at (a table, an index, a column with a default) break nothing.
   */
  readonly breaking: boolean;
}

export type Migrations = Readonly<Record<string, SchemaMigration>>;

/** Every migration by name, in order. A name is never changed once it has been released. */
export const migrations: Migrations = {
  "0001-first": { ...first, breaking: true },
  "0002-indexes": indexes,
  "0003-leases": leases,
  "0004-environments": environments,
  "0005-retention": retention,
  "0006-people": people,
  "0007-grants": grants,
  "0008-approvals": approvals,
  "0009-journal-chain": journalChain,
  "0010-webhooks": webhooks,
  "0011-traces": traces,
  "0012-webhook-types": webhookTypes,
  "0013-verifications": verifications,
};
