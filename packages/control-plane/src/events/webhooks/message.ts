import { toPublicId } from "../../database/identifiers.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import type { WebhookContext } from "./context.ts";
import type { Message } from "./secret.ts";
import type { SecretKey } from "./secret-key.ts";
import type { WebhookRow } from "./store.ts";

/** An event as a webhook gets it; undefined when its secret cannot be read by this process's key. */
export function messageOf({ show }: Pick<WebhookContext, "show">, key: SecretKey, webhook: WebhookRow, deliveryId: string, entry: RecordedEntry): Message | undefined {
  const secrets = secretsOf(key, webhook);
  const data = show(entry);
  return secrets === undefined ? undefined : { id: toPublicId("whd", deliveryId), url: webhook.url, secrets, body: JSON.stringify({ type: data.type, timestamp: data.at, data }) };
}

/** The secret, and the one before while receivers are still changing over. */
function secretsOf(key: SecretKey, { secret, formerSecret, formerSecretUntil }: WebhookRow): readonly string[] | undefined {
  const present = key.open(secret);
  const isFormerValid = formerSecret !== null && formerSecretUntil !== null && formerSecretUntil.getTime() > Date.now();
  const former = isFormerValid ? key.open(formerSecret) : undefined;
  return present === undefined ? undefined : [present, ...(former === undefined ? [] : [former])];
}
