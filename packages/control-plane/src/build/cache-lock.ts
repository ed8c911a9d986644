import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";

const cachesLock = sql`hashtextextended('build caches', 0)`;

/** Held until the transaction ends, by any number of builds that begin: caches do not vanish before their row says that they run. */
export async function holdCaches(trx: Executor): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${cachesLock})`.execute(trx);
}

/** True: no build is under way, and none begins until the transaction ends. */
export async function keepBuildsAway(trx: Executor): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${cachesLock})`.execute(trx);
  return (await trx.selectFrom("builds").select("id").where("status", "=", "running").limit(1).executeTakeFirst()) === undefined;
}
