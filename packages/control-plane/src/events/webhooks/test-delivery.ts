import { newUuid, toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import { eventTypeOf } from "../event-types.ts";
import { addressPolicy } from "./addresses.ts";
import type { WebhookContext } from "./context.ts";
import type { Delivery } from "./deliveries.ts";
import { note, type By } from "./manage.ts";
import { messageOf } from "./message.ts";
import { attemptOf } from "./record.ts";
import { findSecretKey } from "./secret-key.ts";
import { openSender, type Outcome } from "./sender.ts";
import { getWebhook } from "./store.ts";

/**
 * Sends a webhook one event now, switched off or not, and tells what came back: the journal's entry of this very test. It is not
 * tried again, and counts neither for nor against the webhook. Errors: `webhook_not_found`, `webhook_key_missing`.
 */
export async function sendTest(context: WebhookContext, publicId: string, by: By): Promise<{ readonly delivery: Delivery; readonly outcome: Outcome }> {
  const { db } = context.handle;
  const webhook = await getWebhook(db, publicId);
  const key = findSecretKey(context);
  const entry = await db.transaction().execute(async (trx) => {
    await note(trx, "webhook.tested", webhook, by, {});
    return (await trx.selectFrom("journal").selectAll().where("action", "=", "webhook.tested").where("subjectId", "=", toPublicId("whk", webhook.id)).orderBy("id", "desc").limit(1).executeTakeFirstOrThrow()) as RecordedEntry;
  });
  const id = newUuid();
  const message = key === undefined ? undefined : messageOf(context, key, webhook, id, entry);
  if (message === undefined) return fail("webhook_key_missing", "this server cannot read the webhook's secret");
  const at = new Date();
  const sender = openSender(addressPolicy(context.webhookPrivate));
  try {
    const outcome = (await sender.send(message)) ?? fail("internal", "an attempt that nobody aborted has no outcome");
    const values = { id, webhookId: webhook.id, entryId: entry.id, type: eventTypeOf(entry.action), status: outcome.isDelivered ? "delivered" : "dead", attempts: 1, history: JSON.stringify([attemptOf(outcome, at)]), finishedAt: new Date() };
    const delivery = await db.insertInto("webhookDeliveries").values(values).returningAll().executeTakeFirstOrThrow();
    return { delivery: delivery as Delivery, outcome };
  } finally {
    await sender.close();
  }
}
