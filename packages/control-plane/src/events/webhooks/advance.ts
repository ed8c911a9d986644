import type { Executor } from "../../database/connection.ts";
import { newUuid } from "../../database/identifiers.ts";
import { eventTypeOf } from "../event-types.ts";
import { readJournal } from "../../journal/journal.ts";
import { wantedOf } from "./matches.ts";
import type { WebhookRow } from "./store.ts";

const pageSize = 200;
/** Beyond so many that wait, the journal itself is the queue: its entries stay where they are. */
const mostPending = 500;

/**
 * Takes what a webhook wants from the journal's entries after its cursor, in their order. What is taken and the cursor are saved together: a
 * process that is killed has taken all of it or nothing. True: there may be more.
 */
export async function advance(db: Executor, { id, cursor, types, environments }: WebhookRow): Promise<boolean> {
  const waiting = await db.selectFrom("webhookDeliveries").select((eb) => eb.fn.countAll<number>().as("count")).where("webhookId", "=", id).where("status", "=", "pending").executeTakeFirstOrThrow();
  if (waiting.count >= mostPending) return false;
  const entries = await readJournal(db, { after: cursor, limit: pageSize });
  const last = entries.at(-1)?.id;
  if (last === undefined) return false;
  const wanted = await wantedOf(db, entries, { types, environments });
  const isMine = await db.transaction().execute(async (trx) => {
    const moved = await trx.updateTable("webhooks").set({ cursor: last }).where("id", "=", id).where("cursor", "=", cursor).where("enabled", "=", true).executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return false;
    const rows = wanted.map((entry) => ({ id: newUuid(), webhookId: id, entryId: entry.id, type: eventTypeOf(entry.action) }));
    if (rows.length > 0) await trx.insertInto("webhookDeliveries").values(rows).onConflict((conflict) => conflict.columns(["webhookId", "entryId"]).doNothing()).execute();
    return true;
  });
  return isMine && entries.length === pageSize;
}
