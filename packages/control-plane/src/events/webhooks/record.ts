import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { DeliveryAttempt } from "../../database/tables.ts";
import { appendJournal } from "../../journal/journal.ts";
import type { Delivery } from "./deliveries.ts";
import { givenUpAfterMs, longestPause, pauseAfter } from "./schedule.ts";
import type { Outcome } from "./sender.ts";
import { originOf } from "./url.ts";
import type { WebhookRow } from "./store.ts";

const gone = 410;

/** An attempt as it is kept with its delivery. */
export function attemptOf({ durationMs, responseStatus, response, error }: Outcome, at: Date): DeliveryAttempt {
  return { at: at.toISOString(), durationMs, ...(responseStatus !== undefined && { responseStatus }), ...(response !== undefined && response !== "" && { response }), ...(error !== undefined && { error }) };
}

/**
 * Records what came of an attempt: delivered, to be tried again, or dead; and what it means for the webhook. Nothing, when another
 * process recorded an attempt meanwhile.
 */
export async function recordOutcome({ db }: DatabaseHandle, webhook: WebhookRow, delivery: Delivery, outcome: Outcome, at: Date, pauses?: readonly number[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // The webhook first, as everybody locks them.
    const current = await trx.selectFrom("webhooks").selectAll().where("id", "=", webhook.id).forUpdate().executeTakeFirst();
    if (current === undefined) return;
    const pause = outcome.isDelivered || outcome.responseStatus === gone ? undefined : pauseAfter(delivery.attempts + 1, Math.random(), outcome.retryAfterMs, pauses);
    if (!(await writeAttempt(trx, delivery, outcome, at, pause))) return;
    await (outcome.isDelivered ? noteSuccess(trx, current) : noteFailure(trx, current, outcome));
  });
}

async function writeAttempt(trx: Executor, { id, attempts }: Delivery, outcome: Outcome, at: Date, pause: number | undefined): Promise<boolean> {
  const status = outcome.isDelivered ? "delivered" : pause === undefined ? "dead" : "pending";
  const written = await trx
    .updateTable("webhookDeliveries")
    .set({
      status,
      attempts: attempts + 1,
      history: sql`history || ${JSON.stringify([attemptOf(outcome, at)])}::jsonb`,
      ...(status === "pending" ? { nextAt: sql<Date>`now() + make_interval(secs => ${(pause ?? 0) / 1_000})` } : { finishedAt: sql<Date>`now()` }),
    })
    .where("id", "=", id)
    .where("status", "=", "pending")
    .where("attempts", "=", attempts)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

async function noteSuccess(trx: Executor, { id, failingSince, pausedUntil }: WebhookRow): Promise<void> {
  if (failingSince === null && pausedUntil === null) return;
  await trx.updateTable("webhooks").set({ failingSince: null, pausedUntil: null }).where("id", "=", id).execute();
}

async function noteFailure(trx: Executor, webhook: WebhookRow, { responseStatus, retryAfterMs }: Outcome): Promise<void> {
  const since = webhook.failingSince ?? new Date();
  const pausedUntil = retryAfterMs === undefined ? webhook.pausedUntil : sql<Date>`now() + make_interval(secs => ${Math.min(retryAfterMs, longestPause) / 1_000})`;
  await trx.updateTable("webhooks").set({ failingSince: since, pausedUntil }).where("id", "=", webhook.id).execute();
  if (!webhook.enabled) return;
  if (responseStatus === gone) await disable(trx, webhook, "the receiver answered 410: it is gone for good");
  else if (Date.now() - since.getTime() > givenUpAfterMs) await disable(trx, webhook, `nothing but failures since ${since.toISOString()}`);
}

async function disable(trx: Executor, { id, url }: WebhookRow, why: string): Promise<void> {
  await trx.updateTable("webhooks").set({ enabled: false, disabledReason: why, updatedAt: new Date() }).where("id", "=", id).execute();
  await appendJournal(trx, { actor: "modyard", action: "webhook.disabled", subjectType: "webhook", subjectId: toPublicId("whk", id), reason: why, details: { receiver: originOf(url) } });
}
