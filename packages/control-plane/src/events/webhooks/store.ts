import { sql, type Selectable, type Updateable } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import type { WebhooksTable } from "../../database/tables.ts";
import { fail } from "../../errors/problem.ts";

/** A webhook as it is stored; its secrets are sealed. */
export type WebhookRow = Selectable<WebhooksTable>;

/** All webhooks, the oldest first, or those after the webhook `after` (a UUID). */
export async function listWebhooks(db: Executor, query: { readonly limit: number; readonly after?: string }): Promise<readonly WebhookRow[]> {
  let select = db.selectFrom("webhooks").selectAll();
  if (query.after !== undefined) select = select.where("id", ">", query.after);
  return select.orderBy("id").limit(query.limit).execute();
}

/** The webhook of a public identifier or UUID. */
export async function getWebhook(db: Executor, publicId: string): Promise<WebhookRow> {
  const uuid = toUuid("whk", publicId);
  const row = uuid === undefined ? undefined : await db.selectFrom("webhooks").selectAll().where("id", "=", uuid).executeTakeFirst();
  return row ?? fail("webhook_not_found", `there is no webhook ${JSON.stringify(publicId)}`);
}

/** The webhook, locked until the transaction ends. */
export async function lockWebhook(trx: Executor, publicId: string): Promise<WebhookRow> {
  const uuid = toUuid("whk", publicId);
  const row = uuid === undefined ? undefined : await trx.selectFrom("webhooks").selectAll().where("id", "=", uuid).forUpdate().executeTakeFirst();
  return row ?? fail("webhook_not_found", `there is no webhook ${JSON.stringify(publicId)}`);
}

export async function writeWebhook(trx: Executor, id: string, set: Omit<Updateable<WebhooksTable>, "id">): Promise<WebhookRow> {
  return trx.updateTable("webhooks").set({ ...set, updatedAt: new Date() }).where("id", "=", id).returningAll().executeTakeFirstOrThrow();
}

/** The journal's end: what a webhook that is made or switched on now has already. */
export async function journalEnd(trx: Executor): Promise<number> {
  const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0) as last from journal`.execute(trx);
  return rows[0]?.last ?? 0;
}
