import type { Executor } from "../../database/connection.ts";
import { newUuid, toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal, type JournalAction } from "../../journal/journal.ts";
import { lockDelivery, sendAgain, type Delivery } from "./deliveries.ts";
import type { EventFilter } from "./matches.ts";
import { newSecret } from "./secret.ts";
import type { SecretKey } from "./secret-key.ts";
import { journalEnd, lockWebhook, writeWebhook, type WebhookRow } from "./store.ts";
import { originOf } from "./url.ts";

/** Who changes a webhook, and why. */
export interface By {
  readonly actor: string;
  readonly reason: string;
}

/** What people decide of a webhook; its address was checked. */
export interface WebhookSettings extends EventFilter {
  readonly url: string;
  readonly description: string;
}

/** A webhook with its secret, which is shown this once. */
export interface WithSecret {
  readonly webhook: WebhookRow;
  readonly secret: string;
}

/** Makes a webhook: it is told what happens from now on. */
export async function createWebhook(trx: Executor, key: SecretKey, settings: WebhookSettings, by: By): Promise<WithSecret> {
  const secret = newSecret();
  const id = newUuid();
  await note(trx, "webhook.created", { id, url: settings.url }, by, { description: settings.description, types: settings.types, environments: settings.environments });
  const values = { id, ...settings, types: [...settings.types], environments: [...settings.environments], keyId: key.id, secret: key.seal(secret), createdBy: by.actor, cursor: await journalEnd(trx) };
  return { webhook: await trx.insertInto("webhooks").values(values).returningAll().executeTakeFirstOrThrow(), secret };
}

/** Changes settings of a webhook. Switched on again it is told what happens from now on, and what waited. */
export async function changeWebhook(trx: Executor, publicId: string, changes: Partial<WebhookSettings> & { readonly enabled?: boolean }, by: By): Promise<WebhookRow> {
  const before = await lockWebhook(trx, publicId);
  const { types, environments, enabled, ...rest } = changes;
  const isBack = enabled === true && !before.enabled;
  const set = {
    ...rest,
    ...(types !== undefined && { types: [...types] }),
    ...(environments !== undefined && { environments: [...environments] }),
    ...(enabled !== undefined && { enabled, disabledReason: enabled ? null : (before.disabledReason ?? `switched off by ${by.actor}`) }),
    ...(isBack && { failingSince: null, pausedUntil: null, cursor: await journalEnd(trx) }),
  };
  const after = await writeWebhook(trx, before.id, set);
  await note(trx, "webhook.changed", after, by, { from: factsOf(before), to: factsOf(after), urlChanged: before.url !== after.url });
  return after;
}

function factsOf({ url, description, types, environments, enabled }: WebhookRow) {
  return { receiver: originOf(url), description, types, environments, enabled };
}

/** Removes a webhook and everything that waits for it; what it was. */
export async function deleteWebhook(trx: Executor, publicId: string, by: By): Promise<WebhookRow> {
  const webhook = await lockWebhook(trx, publicId);
  await trx.deleteFrom("webhooks").where("id", "=", webhook.id).execute();
  await note(trx, "webhook.deleted", webhook, by, {});
  return webhook;
}

/** Gives a webhook a new secret; the one before signs beside it for some hours, so that the receiver can change over. */
export async function rotateSecret(trx: Executor, key: SecretKey, publicId: string, overlapHours: number, by: By): Promise<WithSecret> {
  const before = await lockWebhook(trx, publicId);
  const secret = newSecret();
  // A secret under a key that this server has not can only be replaced.
  const former = before.keyId === key.id && overlapHours > 0 ? before.secret : null;
  const formerSecretUntil = former === null ? null : new Date(Date.now() + overlapHours * 3_600_000);
  const webhook = await writeWebhook(trx, before.id, { keyId: key.id, secret: key.seal(secret), formerSecret: former, formerSecretUntil });
  await note(trx, "webhook.secret_rotated", webhook, by, { formerSecretUntil: formerSecretUntil?.toISOString() ?? null });
  return { webhook, secret };
}

/** Has one finished delivery, or all dead ones, sent again. The number of them. */
export async function resend(trx: Executor, publicId: string, which: { readonly delivery: string } | "dead", by: By): Promise<{ readonly webhook: WebhookRow; readonly count: number }> {
  const webhook = await lockWebhook(trx, publicId);
  if (!webhook.enabled) fail("webhook_disabled", `the webhook ${publicId} is switched off: ${webhook.disabledReason ?? "nobody knows why"}`);
  const delivery = which === "dead" ? undefined : await lockFinished(trx, webhook, which.delivery);
  const count = await sendAgain(trx, webhook.id, delivery === undefined ? "dead" : { id: delivery.id });
  if (count > 0) await note(trx, "webhook.resent", webhook, by, { count, ...(delivery !== undefined && { deliveryId: toPublicId("whd", delivery.id) }) });
  return { webhook, count };
}

async function lockFinished(trx: Executor, { id }: WebhookRow, publicId: string): Promise<Delivery> {
  const delivery = await lockDelivery(trx, id, publicId);
  return delivery.status === "pending" ? fail("webhook_delivery_pending", `the delivery ${publicId} is under way`) : delivery;
}

/** In the journal stands where a webhook goes to, and never the whole address: some receivers' paths are secrets. */
export async function note(trx: Executor, action: JournalAction, { id, url }: Pick<WebhookRow, "id" | "url">, { actor, reason }: By, details: Readonly<Record<string, unknown>>): Promise<void> {
  await appendJournal(trx, { actor, action, reason, subjectType: "webhook", subjectId: toPublicId("whk", id), details: { receiver: originOf(url), ...details } });
}
