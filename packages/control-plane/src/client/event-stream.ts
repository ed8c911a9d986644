import { apiError, ConnectionError } from "./api-error.ts";
import type { ServerAccess } from "./connect.ts";
import { readServerEvents, type ServerSentEvent } from "./server-events.ts";

/** From where on, and for how long. */
export interface StreamOptions {
  /** The last event that the reader has; what came later is sent. */
  readonly after: string;
  readonly signal: AbortSignal;
  /** Called when the server answers. */
  readonly opened?: () => void;
}

/**
 * Server-sent events of one connection, until it ends: with the event `end` when nothing more can come; without it, it was cut,
 * and the reader connects again after the last event that it has. Errors as those of `connect`.
 */
export async function* openEvents({ url, token, fetch: ownFetch = fetch }: ServerAccess, path: string, { after, signal, opened }: StreamOptions): AsyncGenerator<ServerSentEvent> {
  const headers = { accept: "text/event-stream", "last-event-id": after, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  try {
    const response = await ownFetch(url.replace(/\/+$/, "") + path, { headers, signal, redirect: "error" });
    if (!response.ok || response.body === null) throw apiError(response.status, await response.json().catch(() => undefined));
    opened?.();
    yield* readServerEvents(response.body);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name === "ApiError") throw error;
    throw new ConnectionError(`the connection to ${url} was lost`, { cause: error });
  }
}
