import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { Build, Fence } from "./store.ts";

/** How long a lease lasts without a heartbeat, in seconds: a dead worker loses its work after this. */
export const leaseSeconds = 10;

/**
 * Takes the lease of a queued build, or of a running one whose holder let its lease expire.
 * Undefined: another holds it, or the build is over. The token grows with each holder.
 */
export async function takeLease(trx: Executor, id: string, holder: string): Promise<Build | undefined> {
  const row = await trx
    .updateTable("builds")
    .set({
      leaseHolder: holder,
      leaseToken: sql`lease_token + 1`,
      leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempt: sql`attempt + 1`,
      updatedAt: new Date(),
    })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("status", "=", "queued"), eb.and([eb("status", "=", "running"), eb("leaseExpiresAt", "<", sql<Date>`now()`)])]))
    .returningAll()
    .executeTakeFirst();
  return row as Build | undefined;
}

/** Heartbeat: false when the lease is another's by now, or the build is over. */
export async function extendLease(db: Executor, id: string, fence: Fence): Promise<{ readonly held: boolean; readonly cancelRequested: boolean }> {
  const row = await db
    .updateTable("builds")
    .set({ leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where("id", "=", id)
    .where("status", "=", "running")
    .where("leaseToken", "=", fence.leaseToken)
    .returning("cancelRequestedAt")
    .executeTakeFirst();
  return { held: row !== undefined, cancelRequested: row?.cancelRequestedAt != null };
}
