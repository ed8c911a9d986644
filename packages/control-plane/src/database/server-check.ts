import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";
import { asDatabaseError } from "./problems.ts";

/** What a server says of itself. */
export interface ServerFacts {
  /** As the server writes it: `15.14 (Debian …)`. */
  readonly version: string;
  readonly major: number;
  readonly readOnly: boolean;
  /** Whether this user may make schemas in the database, and tables in the schema that comes first. */
  readonly mayCreate: boolean;
  /** How far the server's clock is before (+) or behind (-) this machine's. */
  readonly clockMs: number;
  /** Whether notifications arrive; they do not through a pooler in transaction mode. Not asked where nothing can be written. */
  readonly notifies: boolean;
}

const oldestMajor = 14;
const connectMs = 10_000;
const notificationMs = 2_000;

/** Asks a server what Modyard has to know of it, on connections of its own. Throws database_…; see `asDatabaseError`. */
export async function inspectServer(config: ClientConfig): Promise<ServerFacts> {
  const [first, second] = [makeClient(config), makeClient(config)];
  try {
    await first.connect();
    await second.connect();
    const asked = Date.now();
    const { rows } = await first.query<Omit<ServerFacts, "clockMs" | "notifies"> & { now: Date }>(factsQuery);
    const middle = (asked + Date.now()) / 2;
    const [row] = rows;
    if (row === undefined) throw new Error("the server answered nothing");
    const { now, ...facts } = row;
    return { ...facts, clockMs: now.getTime() - middle, notifies: facts.readOnly || (await hearsNotifications(first, second)) };
  } catch (error) {
    throw asDatabaseError(error);
  } finally {
    await Promise.all([first, second].map((client) => client.end().catch(() => undefined)));
  }
}

/** Why Modyard cannot work on such a server; empty when it can. Rights to create are needed only to migrate. */
export function serverProblems(facts: ServerFacts, options: { readonly toMigrate: boolean }): readonly Problem[] {
  return [
    ...(facts.major < oldestMajor ? [problem("database_too_old", `the database server is PostgreSQL ${facts.version}; Modyard needs ${oldestMajor} or newer`)] : []),
    ...(facts.readOnly ? [problem("database_read_only", "the database server is a standby, or its sessions are read-only")] : []),
    ...(options.toMigrate && !facts.mayCreate ? [problem("database_rights_missing", "the database user may not create schemas in the database and tables in its first schema", { hint: rightsHint })] : []),
    ...(facts.notifies ? [] : [problem("database_pooled", "notifications (LISTEN) do not pass through to the database server")]),
  ];
}

const rightsHint =
  "Let the owner run `GRANT CREATE ON DATABASE NAME TO USER; GRANT CREATE ON SCHEMA public TO USER;`, or run `modyard migrate up` as the owner and serve with MODYARD_MIGRATE=0.";

/**
 * Refuses a server that would fail later in ways that are hard to read. Rights are not asked for: whoever finds the database
 * migrated needs none to create, and migrating says itself which one is missing.
 */
export async function assertUsableServer(config: ClientConfig): Promise<void> {
  const problems = serverProblems(await inspectServer(config), { toMigrate: false });
  if (problems.length > 0) throw new ModyardError(problems);
}

function makeClient(config: ClientConfig): Client {
  const client = new Client({ connectionTimeoutMillis: connectMs, ...config, application_name: "modyard-check" });
  // Whoever asks next gets the error; without a listener it would end the process.
  client.on("error", () => undefined);
  return client;
}

/** A first schema that is not there yet (`search_path` to one to be made) is none that tables could go to. */
const factsQuery = `
  select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
    pg_is_in_recovery() or current_setting('transaction_read_only')::bool as "readOnly",
    has_database_privilege(current_database(), 'CREATE') and coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as "mayCreate",
    clock_timestamp() as now`;

/** One connection listens, the other one notifies: a pooler that lends server connections by the transaction loses that. */
async function hearsNotifications(listening: Client, notifying: Client): Promise<boolean> {
  const channel = `modyard_check_${randomUUID().replaceAll("-", "")}`;
  const heard = new Promise<boolean>((resolve) => listening.on("notification", (message) => message.channel === channel && resolve(true)));
  await listening.query(`listen ${channel}`);
  await notifying.query(`notify ${channel}`);
  const stop = new AbortController();
  try {
    return await Promise.race([heard, sleep(notificationMs, false, { signal: stop.signal })]);
  } finally {
    stop.abort();
    // A server connection that is lent on must not keep it.
    await listening.query(`unlisten ${channel}`);
  }
}
