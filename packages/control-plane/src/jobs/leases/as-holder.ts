import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "../../database/connection.ts";
import { keepAlive } from "../../database/keep-alive.ts";
import type { KeptLease } from "./keeper.ts";
import { leaseLost } from "./lost.ts";
import { leaseSeconds, type LeaseSubject } from "./protocol.ts";

/**
 * Does something outside the database that only the holder of a build or deployment may do. Its row is locked meanwhile, so that the
 * lease cannot go to another in the middle of it, and lasts anew afterwards. Throws lease_lost.
 */
export async function asHolder<T>(handle: DatabaseHandle, { table, id, token }: LeaseSubject, lease: Pick<KeptLease, "isValid">, action: (trx: Executor) => Promise<T>): Promise<T> {
  return handle.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom(table).select("leaseToken").where("id", "=", id).forUpdate().executeTakeFirst();
    // A process that stood still just now has lost the lock without knowing it yet.
    if (row?.leaseToken !== token || !lease.isValid()) return leaseLost(table, id);
    // What is done over a slow line may take longer than a transaction may be idle.
    const result = await keepAlive(trx, () => action(trx));
    await trx.updateTable(table).set({ leaseExpiresAt: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})` }).where("id", "=", id).execute();
    return result;
  });
}
