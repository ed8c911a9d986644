import { sql } from "kysely";
import type { Registry } from "prom-client";
import type { Executor } from "../../database/connection.ts";
import { gaugeOf, type StateMetrics } from "./gauge.ts";

interface Facts {
  readonly enabled: number;
  readonly failing: number;
  readonly disabled: number;
  readonly pending: number;
  readonly dead: number;
  readonly seconds: number;
}

/** What is sent to webhooks, and what does not get through. */
export function webhookMetrics(db: Executor, registry: Registry): StateMetrics {
  const webhooks = gaugeOf(registry, "modyard_webhooks", "Webhooks by state: enabled, failing (enabled, but nothing gets through) or disabled", ["state"]);
  const deliveries = gaugeOf(registry, "modyard_webhook_deliveries", "Deliveries that wait or were given up, by status", ["status"]);
  const oldest = gaugeOf(registry, "modyard_webhook_oldest_delivery_seconds", "How old the oldest delivery is that waits", []);
  return {
    refresh: async () => {
      const { rows } = await sql<Facts>`
        select (select count(*) filter (where enabled and failing_since is null)::int from webhooks) as enabled,
          (select count(*) filter (where enabled and failing_since is not null)::int from webhooks) as failing,
          (select count(*) filter (where not enabled)::int from webhooks) as disabled,
          (select count(*)::int from webhook_deliveries where status = 'pending') as pending,
          (select count(*)::int from webhooks join webhook_deliveries on webhook_id = webhooks.id and status = 'dead' and type <> 'WebhookTested') as dead,
          (select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from webhook_deliveries where status = 'pending') as seconds`.execute(db.withoutPlugins());
      const [facts] = rows;
      if (facts === undefined) return;
      for (const state of ["enabled", "failing", "disabled"] as const) webhooks.set({ state }, facts[state]);
      for (const status of ["pending", "dead"] as const) deliveries.set({ status }, facts[status]);
      oldest.set(facts.seconds);
    },
  };
}
