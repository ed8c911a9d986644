import type { ControlPlane } from "../control-plane.ts";
import type { WebhookContext } from "../events/webhooks/context.ts";
import { showEntry } from "./views/journal.ts";

/** What webhooks need of a control plane; they send entries of the journal as the API shows them. */
export function webhookContext({ handle, listener, logger, dataDirectory, config }: ControlPlane): WebhookContext {
  const { webhookPrivate, webhookKey } = config;
  return { handle, listener, logger, dataDirectory, webhookPrivate, ...(webhookKey !== undefined && { webhookKey }), show: showEntry };
}
