import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { testType } from "./deliveries.ts";

/** All webhooks together, as of now. */
export interface WebhookTotals {
  readonly webhooks: {
    readonly enabled: number;
    /** Enabled, but nothing gets through. */
    readonly failing: number;
    readonly disabled: number;
  };
  readonly deliveries: { readonly pending: number; readonly dead: number };
  /** How old the oldest delivery is that waits, in seconds; 0: none waits. */
  readonly oldestSeconds: number;
}

/** Counts webhooks and what waits for them or was given up: one query, each part from an index. */
export async function readWebhookTotals(db: Executor): Promise<WebhookTotals> {
  const { rows } = await sql<WebhookTotals>`
    select
      (select jsonb_build_object(
        'enabled', count(*) filter (where enabled and failing_since is null),
        'failing', count(*) filter (where enabled and failing_since is not null),
        'disabled', count(*) filter (where not enabled)) from webhooks) as webhooks,
      jsonb_build_object(
        'pending', (select count(*) from webhook_deliveries where status = 'pending'),
        'dead', (select count(*) from webhooks join webhook_deliveries on webhook_id = webhooks.id and status = 'dead' and type <> ${testType})) as deliveries,
      (select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from webhook_deliveries where status = 'pending') as "oldestSeconds"`.execute(db.withoutPlugins());
  return rows[0] ?? nothing;
}

const nothing: WebhookTotals = { webhooks: { enabled: 0, failing: 0, disabled: 0 }, deliveries: { pending: 0, dead: 0 }, oldestSeconds: 0 };
