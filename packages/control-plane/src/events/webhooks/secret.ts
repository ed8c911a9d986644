import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** A new secret for signatures: 256 bits from the system's random source, as https://www.standardwebhooks.com writes them. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** One event as it is sent. */
export interface Message {
  /** Stable over all attempts: receivers know by it what they have already. */
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** The secret, and while it is being changed the one before. */
  readonly secrets: readonly string[];
}

/** The headers by which a receiver knows who sends; signed anew for each attempt, since receivers refuse old times. */
export function signedHeaders({ id, body, secrets }: Message, now: Date): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return { "webhook-id": id, "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)), "webhook-signature": signatures.join(" ") };
}
