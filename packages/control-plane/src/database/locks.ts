import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "./connection.ts";
import { keepAlive } from "./keep-alive.ts";

/** Waits for the lock of this name and holds it until the transaction ends. */
export async function lockUntilEnd(trx: Executor, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

/**
 * Does the work unless another process is at it just now; undefined when one is. The lock is a transaction's, so that it also holds behind
 * a pooler, and is free again when its holder dies or stands still. Two can be at it after such a stop: the work must bear that.
 */
export async function withTryLock<T>({ db }: DatabaseHandle, name: string, work: () => Promise<T>): Promise<T | undefined> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as locked`.execute(trx);
    return rows[0]?.locked === true ? keepAlive(trx, work) : undefined;
  });
}
