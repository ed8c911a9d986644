import { sql, type Selectable } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import type { WebhookDeliveriesTable } from "../../database/tables.ts";
import { fail } from "../../errors/problem.ts";
import type { JournalEventType } from "../event-types.ts";

/** How far a delivery is. Dead: its last attempt failed; somebody may send it again. */
export const deliveryStates = ["pending", "delivered", "dead"] as const;
export type DeliveryStatus = (typeof deliveryStates)[number];

/** One event for one webhook. */
export type Delivery = Omit<Selectable<WebhookDeliveriesTable>, "status"> & { readonly status: DeliveryStatus };

/** The newest deliveries of a webhook, or those older than the delivery `before` (a UUID). */
export async function listDeliveries(db: Executor, webhookId: string, query: { readonly limit: number; readonly before?: string; readonly status?: DeliveryStatus }): Promise<readonly Delivery[]> {
  let select = db.selectFrom("webhookDeliveries").selectAll().where("webhookId", "=", webhookId);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  if (query.status !== undefined) select = select.where("status", "=", query.status);
  return (await select.orderBy("id", "desc").limit(query.limit).execute()) as readonly Delivery[];
}

/** The delivery of a webhook, locked until the transaction ends. */
export async function lockDelivery(trx: Executor, webhookId: string, publicId: string): Promise<Delivery> {
  const uuid = toUuid("whd", publicId);
  const row = uuid === undefined ? undefined : await trx.selectFrom("webhookDeliveries").selectAll().where("webhookId", "=", webhookId).where("id", "=", uuid).forUpdate().executeTakeFirst();
  return (row as Delivery | undefined) ?? fail("webhook_delivery_not_found", `the webhook has no delivery ${JSON.stringify(publicId)}`);
}

/** What was only a test and did not arrive is nobody's loss: it is not counted as dead, and not sent again with the rest. */
export const testType: JournalEventType = "WebhookTested";

/** How many deliveries of each webhook are in each state. */
export async function countDeliveries(db: Executor, webhookIds: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<DeliveryStatus, number>>>> {
  const { rows } = await sql<{ id: string; pending: number; delivered: number; dead: number }>`
    select webhook_id as id, count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'delivered') as delivered, count(*) filter (where status = 'dead' and type <> ${testType}) as dead
    from webhook_deliveries where webhook_id = any(${[...webhookIds]}::uuid[]) group by webhook_id`.execute(db);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** Has finished deliveries begin anew, under the identifier that their receiver knows; the number of them. */
export async function sendAgain(trx: Executor, webhookId: string, which: { readonly id: string } | "dead"): Promise<number> {
  const update = trx.updateTable("webhookDeliveries").set({ status: "pending", attempts: 0, nextAt: sql<Date>`now()`, finishedAt: null }).where("webhookId", "=", webhookId);
  const done = await (which === "dead" ? update.where("status", "=", "dead").where("type", "<>", testType) : update.where("id", "=", which.id).where("status", "<>", "pending")).executeTakeFirst();
  return Number(done.numUpdatedRows);
}

const keptDays = 30;
const keptDelivered = 1_000;
const keptDead = 10_000;

/** Removes finished deliveries that nobody will ask for: old ones, and of each webhook all but the newest. */
export async function trimDeliveries(db: Executor): Promise<void> {
  await sql`
    delete from webhook_deliveries where id in (
      select id from (
        select id, status, finished_at, row_number() over (partition by webhook_id, status order by finished_at desc) as rank from webhook_deliveries where status <> 'pending'
      ) finished
      where finished_at < now() - make_interval(days => ${keptDays}) or rank > case status when 'dead' then ${keptDead}::int else ${keptDelivered}::int end
    )`.execute(db);
}
