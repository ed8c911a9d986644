import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { findEntry } from "../../journal/journal.ts";
import type { WebhookContext } from "./context.ts";
import type { Delivery } from "./deliveries.ts";
import { messageOf } from "./message.ts";
import { recordOutcome } from "./record.ts";
import type { SecretKey } from "./secret-key.ts";
import type { Outcome, Sender } from "./sender.ts";
import { originOf } from "./url.ts";
import { getWebhook, type WebhookRow } from "./store.ts";

/** Longer than an attempt takes: a delivery whose process was killed is taken up again then. */
const claimedSeconds = 30;

/** Makes one attempt for the webhook's next delivery that is due. */
export async function attemptNext(context: WebhookContext, key: SecretKey, sender: Sender, { id }: WebhookRow, signal: AbortSignal, pauses?: readonly number[]): Promise<void> {
  const { handle, logger } = context;
  const delivery = await claimNext(handle.db, id);
  if (delivery === undefined) return;
  // As it is now: its address or secret may have been changed since it was listed.
  const webhook = await getWebhook(handle.db, id);
  const entry = await findEntry(handle.db, delivery.entryId);
  const message = entry?.id === delivery.entryId ? messageOf(context, key, webhook, delivery.id, entry) : undefined;
  const at = new Date();
  const outcome = message === undefined ? unreadable : await sender.send(message, signal);
  if (outcome === undefined) return giveBack(handle.db, delivery);
  if (!outcome.isDelivered) logger.info({ webhook: id, receiver: originOf(webhook.url), type: delivery.type, attempt: delivery.attempts + 1, error: outcome.error }, "a webhook was not delivered");
  await recordOutcome(handle, webhook, delivery, outcome, at, pauses);
}

/** Its secret was damaged in the database, or its entry is gone: tried again like everything else, so that people see it. */
const unreadable: Outcome = { isDelivered: false, error: "the webhook's secret or the event cannot be read", durationMs: 0 };

/** The due delivery that waits longest; those that wait for the first time are in the journal's order. */
async function claimNext(db: Executor, webhookId: string): Promise<Delivery | undefined> {
  const due = db
    .selectFrom("webhookDeliveries")
    .select("id")
    .where("webhookId", "=", webhookId)
    .where("status", "=", "pending")
    .where("nextAt", "<=", sql<Date>`now()`)
    .orderBy("nextAt")
    .orderBy("entryId")
    .limit(1)
    .forUpdate()
    .skipLocked();
  const claimed = await db.updateTable("webhookDeliveries").set({ nextAt: sql<Date>`now() + make_interval(secs => ${claimedSeconds})` }).where("id", "=", due).returningAll().executeTakeFirst();
  return claimed as Delivery | undefined;
}

/** This process is being stopped: the next one makes the attempt. */
async function giveBack(db: Executor, { id, attempts }: Delivery): Promise<void> {
  await db.updateTable("webhookDeliveries").set({ nextAt: sql<Date>`now()` }).where("id", "=", id).where("attempts", "=", attempts).where("status", "=", "pending").execute();
}
