import { z } from "zod";
import { toPublicId } from "../../database/identifiers.ts";
import { journalEventTypes } from "../../events/event-types.ts";
import { deliveryStates, type Delivery, type DeliveryStatus } from "../../events/webhooks/deliveries.ts";
import type { WebhookRow } from "../../events/webhooks/store.ts";
import { dateView } from "./common.ts";

/** A webhook as the API shows it: never its secret. */
export const webhookView = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()).describe("Types of event that are sent; where empty all but those about people and tokens."),
  environments: z.array(z.string()).describe("Only events about these environments; all events where empty."),
  enabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  failing_since: dateView.describe("Since when nothing but failures came back."),
  paused_until: dateView.describe("Its receiver asked to be left alone until then."),
  former_secret_until: dateView.describe("Until then deliveries carry the former secret's signature, too."),
  deliveries: z.object({ pending: z.number(), delivered: z.number(), dead: z.number() }),
  created_by: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
}).meta({ id: "Webhook" });
export type WebhookView = z.output<typeof webhookView>;

export const webhooksView = z.object({ webhooks: z.array(webhookView), next_cursor: z.string().nullable() });

/** A webhook with its secret, told once: the answer to a repeated request has none. */
export const webhookSecretView = webhookView.extend({ secret: z.string().nullable().describe("`whsec_…`; shown this once.") }).meta({ id: "WebhookWithSecret" });
export type WebhookSecretView = z.output<typeof webhookSecretView>;

/** What a webhook may be told of. */
export const webhookTypes = z.array(z.enum(journalEventTypes)).max(100);

const attemptView = z.object({ at: z.string(), duration_ms: z.number(), response_status: z.number().nullable(), response: z.string().nullable().describe("The beginning of the answer's body."), error: z.string().nullable() });

export const deliveryView = z.object({
  id: z.string().describe("The header `webhook-id`, the same in every attempt."),
  webhook_id: z.string(),
  event_id: z.number().describe("The event's number in the journal."),
  type: z.string(),
  status: z.enum(deliveryStates),
  attempts: z.number(),
  next_at: dateView.describe("When the next attempt is due."),
  created_at: z.string(),
  finished_at: dateView,
  history: z.array(attemptView).describe("Every attempt, the oldest first; also of before it was sent again."),
}).meta({ id: "WebhookDelivery" });
export type DeliveryView = z.output<typeof deliveryView>;

export const deliveriesView = z.object({ deliveries: z.array(deliveryView), next_cursor: z.string().nullable() });

const noDeliveries = { pending: 0, delivered: 0, dead: 0 } as const;

export function showWebhook(row: WebhookRow, deliveries: Readonly<Record<DeliveryStatus, number>> = noDeliveries): WebhookView {
  return {
    id: toPublicId("whk", row.id),
    url: row.url,
    description: row.description,
    types: row.types,
    environments: row.environments,
    enabled: row.enabled,
    disabled_reason: row.disabledReason,
    failing_since: iso(row.failingSince),
    paused_until: iso(row.pausedUntil),
    former_secret_until: iso(row.formerSecretUntil),
    deliveries,
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export function showDelivery(row: Delivery): DeliveryView {
  return {
    id: toPublicId("whd", row.id),
    webhook_id: toPublicId("whk", row.webhookId),
    event_id: row.entryId,
    type: row.type,
    status: row.status,
    attempts: row.attempts,
    next_at: row.status === "pending" ? iso(row.nextAt) : null,
    created_at: row.createdAt.toISOString(),
    finished_at: iso(row.finishedAt),
    history: row.history.map(({ at, durationMs, responseStatus, response, error }) => ({ at, duration_ms: durationMs, response_status: responseStatus ?? null, response: response ?? null, error: error ?? null })),
  };
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
