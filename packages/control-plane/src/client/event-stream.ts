import { ApiError, ConnectionError } from "./api-error.ts";
import type { ServerAccess } from "./connect.ts";
import { apiError } from "./read-answer.ts";
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
export async function* openEvents(access: ServerAccess, path: string, { after, signal, opened }: StreamOptions): AsyncGenerator<ServerSentEvent> {
  const { url, toError = (error) => error } = access;
  try {
    const body = await open(access, path, after, signal);
    opened?.();
    yield* readServerEvents(body);
  } catch (error) {
    signal.throwIfAborted();
    const isOurs = error instanceof ApiError || error instanceof ConnectionError;
    throw toError(isOurs ? error : new ConnectionError(`the connection to ${url} was lost`, false, { cause: error }));
  }
}

async function open({ url, token, fetch: ownFetch = fetch }: ServerAccess, path: string, after: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const headers = { accept: "text/event-stream", "last-event-id": after, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await ownFetch(url.replace(/\/+$/, "") + path, { headers, signal, redirect: "error" });
  if (!response.ok) throw apiError(response.status, await response.json().catch(() => undefined));
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isStream || response.body === null) throw new ConnectionError(`${url} gave an answer that is not Modyard's to GET ${path}`, true);
  return response.body;
}
