import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import type { WebhookRow } from "./store.ts";

/** A webhook that is switched on, and when something is to be sent to it. */
export interface DueWebhook {
  readonly webhook: WebhookRow;
  /** Milliseconds from now, by the database's clock; zero and less: now. Undefined: nothing waits. */
  readonly inMs: number | undefined;
}

/** The webhooks that this key's processes look after. */
export async function listDue(db: Executor, keyId: string): Promise<readonly DueWebhook[]> {
  const webhooks = await db.selectFrom("webhooks").selectAll().where("enabled", "=", true).where("keyId", "=", keyId).orderBy("id").execute();
  if (webhooks.length === 0) return [];
  const { rows } = await sql<{ id: string; inMs: number }>`
    select w.id, (extract(epoch from greatest(min(d.next_at), w.paused_until) - now()) * 1000)::float8 as in_ms
    from webhooks w join webhook_deliveries d on d.webhook_id = w.id and d.status = 'pending'
    where w.enabled and w.key_id = ${keyId} group by w.id`.execute(db);
  const times = new Map(rows.map(({ id, inMs }) => [id, inMs]));
  return webhooks.map((webhook) => ({ webhook, inMs: times.get(webhook.id) }));
}
