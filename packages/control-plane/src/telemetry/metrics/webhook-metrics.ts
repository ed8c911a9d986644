import type { Registry } from "prom-client";
import type { Executor } from "../../database/connection.ts";
import { readWebhookTotals } from "../../events/webhooks/totals.ts";
import { gaugeOf, type StateMetrics } from "./gauge.ts";

/** What is sent to webhooks, and what does not get through. */
export function webhookMetrics(db: Executor, registry: Registry): StateMetrics {
  const webhooks = gaugeOf(registry, "modyard_webhooks", "Webhooks by state: enabled, failing (enabled, but nothing gets through) or disabled", ["state"]);
  const deliveries = gaugeOf(registry, "modyard_webhook_deliveries", "Deliveries that wait or were given up, by status", ["status"]);
  const oldest = gaugeOf(registry, "modyard_webhook_oldest_delivery_seconds", "How old the oldest delivery is that waits", []);
  return {
    refresh: async () => {
      const totals = await readWebhookTotals(db);
      for (const [state, count] of Object.entries(totals.webhooks)) webhooks.set({ state }, count);
      for (const [status, count] of Object.entries(totals.deliveries)) deliveries.set({ status }, count);
      oldest.set(totals.oldestSeconds);
    },
  };
}
