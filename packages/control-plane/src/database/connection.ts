import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from "kysely";
import { Pool, types, type PoolConfig } from "pg";
import type { Logger } from "pino";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./tables.ts";

/** A connection pool with typed queries on it. */
export interface DatabaseHandle {
  readonly db: Kysely<Database>;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** What a write needs: the database, or a transaction that other writes share. */
export type Executor = Kysely<Database> | Transaction<Database>;

// int8 arrives as text by default; our counters stay far below 2^53.
const parseInt8 = (text: string): number => Number(text);

const closingMs = 5_000;
/** A server that does not answer must not hold its callers for ever; long enough for a busy pool. */
const connectMs = 15_000;

/** The server ends a transaction that says nothing for so long: a stopped process must not hold locks for ever. Waits in one use `keepAlive`. */
const silentTransactionSeconds = 30;

/** Opens a pool. Lost connections are logged and replaced; they never end the process. */
export function openDatabase(config: PoolConfig, logger: Logger): DatabaseHandle {
  const pool = new Pool({
    max: 12,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    ...config,
    // Not one of the parameters on connecting: poolers refuse what they do not know there.
    onConnect: async (client) => void (await client.query(`set idle_in_transaction_session_timeout = '${silentTransactionSeconds}s'`)),
    types: {
      // pg's own look-up is the fallback for every other type.
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === types.builtins.INT8 ? parseInt8 : types.getTypeParser(oid, format as "text")) as typeof types.getTypeParser,
    },
  });
  pool.on("error", (error) => logger.warn({ err: error }, "a database connection was lost"));
  pool.on("connect", (client) => client.on("error", (error) => logger.warn({ err: error }, "a database connection was lost")));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  // A query that never ends must not keep the process from ending.
  return { db, pool, close: () => Promise.race([db.destroy(), sleep(closingMs, undefined, { ref: false })]) };
}
