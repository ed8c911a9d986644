/** Errors of webhooks. */
export const webhookErrors = {
  webhook_not_found: { title: "There is no such webhook", hint: "`modyard webhooks` lists them." },
  webhook_delivery_not_found: { title: "There is no such delivery", hint: "`modyard webhooks deliveries WEBHOOK` lists them; old ones are removed after a while." },
  webhook_url_refused: { title: "The webhook's address is refused", hint: "Write an https: address of the public internet, or allow networks of your own by MODYARD_WEBHOOK_PRIVATE." },
  webhook_disabled: { title: "The webhook is switched off", hint: "Switch it on first: `modyard webhooks enable WEBHOOK`." },
  webhook_delivery_pending: { title: "The delivery is under way", hint: "It is tried again by itself; `modyard webhooks deliveries WEBHOOK` tells when." },
  webhook_key_missing: { title: "This server has not the key of the webhook's secret", hint: "Ask the server that made the webhook, give all machines one MODYARD_WEBHOOK_KEY, or rotate the secret here." },
} as const;
