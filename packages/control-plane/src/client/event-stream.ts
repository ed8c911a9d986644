import { ApiError, ConnectionError } from "./api-error.ts";
import type { ServerAccess } from "./connect.ts";
import { apiError } from "./read-answer.ts";
import { readServerEvents, type ServerSentEvent } from "./server-events.ts";
import { SilenceWatch } from "./silence-watch.ts";

/** From where on, and for how long. */
export interface StreamOptions {
  /** The last event that the reader has; what came later is sent. */
  readonly after: string;
  readonly signal: AbortSignal;
  /** Called when the server answers. */
  readonly opened?: () => void;
  /** Called at every sign of life of the server: an event, a part of one, or only that it is there. */
  readonly heard?: () => void;
  /**
   * A connection from which nothing came for so long is lost, though nobody closed it: the computer slept, a proxy forgot it. The
   * server says every two seconds that it is there. 15,000 unless told.
   */
  readonly silenceMs?: number;
}

const longestSilenceMs = 15_000;

/**
 * Server-sent events of one connection, until it ends: with the event `end` when nothing more can come; without it, it was cut,
 * and the reader connects again after the last event that it has. Errors as those of `connect`.
 */
export async function* openEvents(access: ServerAccess, path: string, { after, signal, opened, heard, silenceMs = longestSilenceMs }: StreamOptions): AsyncGenerator<ServerSentEvent> {
  const { url, toError = (error) => error } = access;
  const silence = new SilenceWatch(silenceMs);
  try {
    const body = await open(access, path, after, AbortSignal.any([signal, silence.signal]));
    opened?.();
    yield* readServerEvents(silence.listen(body, heard));
  } catch (error) {
    signal.throwIfAborted();
    const isOurs = error instanceof ApiError || error instanceof ConnectionError;
    throw toError(isOurs ? error : new ConnectionError(`the connection to ${url} ${silence.signal.aborted ? "went silent" : "was lost"}`, false, { cause: error }));
  } finally {
    silence.end();
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
