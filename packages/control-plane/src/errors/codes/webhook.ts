/** Errors of webhooks. */
export const webhookErrors = {
  webhook_not_found: { title: "There is no such webhook", hint: "List the webhooks and choose one of them." },
  webhook_delivery_not_found: { title: "There is no such delivery", hint: "List the webhook's deliveries; old ones are removed after a while." },
  webhook_url_refused: { title: "The webhook's address is refused", hint: "Write an https: address of the public internet, or allow networks of your own by MODYARD_WEBHOOK_PRIVATE." },
  webhook_disabled: { title: "The webhook is switched off", hint: "Switch it on first." },
  webhook_delivery_pending: { title: "The delivery is under way", hint: "It is tried again by itself; its entry in the list of deliveries tells when." },
  webhook_key_missing: { title: "This server has not the key of the webhook's secret", hint: "Ask the server that made the webhook, give all machines one MODYARD_WEBHOOK_KEY, or rotate the secret here." },
} as const;
