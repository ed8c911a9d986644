import type { Logger } from "pino";
import type { PrivateNetworks } from "../../config/private-networks.ts";
import type { DatabaseHandle } from "../../database/connection.ts";
import type { Listener } from "../../database/listener.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import type { KeyPlace } from "./secret-key.ts";

/** What webhooks work with. */
export interface WebhookContext extends KeyPlace {
  readonly handle: DatabaseHandle;
  readonly listener: Listener;
  readonly logger: Logger;
  /** Which networks of the operator's own may be called. */
  readonly webhookPrivate: PrivateNetworks;
  /** An entry of the journal as the API shows it: what is sent. */
  readonly show: (entry: RecordedEntry) => { readonly type: string; readonly at: string };
}
