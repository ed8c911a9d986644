import { sql } from "kysely";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../database/connection.ts";
import { isDeadHolder } from "../processes/holder.ts";

const tables = ["builds", "deployments"] as const;

/** Ends the leases of holders that are proved to be dead: nobody has to wait until they run out. */
export async function endLeasesOfTheDead({ handle: { db }, logger }: { readonly handle: DatabaseHandle; readonly logger: Logger }): Promise<void> {
  for (const table of tables) {
    const held = await db.selectFrom(table).select(["id", "leaseHolder", "leaseToken"]).where("status", "=", "running").where("leaseExpiresAt", ">=", sql<Date>`now()`).execute();
    for (const { id, leaseHolder, leaseToken } of held) {
      if (leaseHolder === null || !isDeadHolder(leaseHolder)) continue;
      logger.warn({ id, holder: leaseHolder }, "the holder of a lease is dead; its work goes to the next worker");
      await db.updateTable(table).set({ leaseExpiresAt: sql<Date>`now() - interval '1 second'` }).where("id", "=", id).where("leaseToken", "=", leaseToken).where("status", "=", "running").execute();
    }
  }
}
