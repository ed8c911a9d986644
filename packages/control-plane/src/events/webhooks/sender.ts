import { Agent, request } from "undici";
import type { AddressPolicy } from "./addresses.ts";
import { addressRefused, guardedConnector, type Resolve } from "./connector.ts";
import { parseRetryAfter } from "./schedule.ts";
import { signedHeaders, type Message } from "./secret.ts";

/** What came of an attempt. */
export interface Outcome {
  /** Answered by 2xx. */
  readonly isDelivered: boolean;
  readonly responseStatus?: number;
  /** The beginning of the answer's body. */
  readonly response?: string;
  /** Why it does not count as delivered. */
  readonly error?: string;
  readonly durationMs: number;
  /** The receiver asked to be left alone for so long. */
  readonly retryAfterMs?: number;
}

/** Sends messages to receivers. */
export interface Sender {
  /** One attempt; never throws. Aborted by `signal`, it has no outcome: nobody knows what the receiver got. */
  send(message: Message, signal?: AbortSignal): Promise<Outcome | undefined>;
  close(): Promise<void>;
}

/** One attempt takes so long at most, from the look-up to the answer's end. */
const attemptMs = 15_000;
const keptBytes = 2_048;

/** Opens a sender that calls allowed addresses only and follows no redirects. `resolve` and `timeout` are for tests. */
export function openSender(policy: AddressPolicy, { resolve, timeout = attemptMs }: { readonly resolve?: Resolve; readonly timeout?: number } = {}): Sender {
  const dispatcher = new Agent({ connect: guardedConnector(policy, timeout, resolve), headersTimeout: timeout, bodyTimeout: timeout });
  return {
    send: async (message, signal) => {
      const startedAt = performance.now();
      const outcome = await attempt(dispatcher, message, AbortSignal.any([AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])]));
      if (signal?.aborted === true && !outcome.isDelivered) return undefined;
      return { ...outcome, durationMs: Math.round(performance.now() - startedAt) };
    },
    close: () => dispatcher.destroy(),
  };
}

async function attempt(dispatcher: Agent, message: Message, signal: AbortSignal): Promise<Omit<Outcome, "durationMs">> {
  try {
    const now = new Date();
    const headers = { "content-type": "application/json", "user-agent": "Modyard-Webhooks", ...signedHeaders(message, now) };
    // A connection of its own: one that the receiver is about to close would lose what is sent on it.
    const answer = await request(message.url, { dispatcher, method: "POST", headers, body: message.body, signal, reset: true });
    const { statusCode: responseStatus, headers: { "retry-after": retryAfter } } = answer;
    const response = await beginningOf(answer.body);
    const isDelivered = responseStatus >= 200 && responseStatus < 300;
    const retryAfterMs = parseRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now);
    return { isDelivered, responseStatus, response, ...(!isDelivered && { error: refusalText(responseStatus) }), ...(!isDelivered && retryAfterMs !== undefined && { retryAfterMs }) };
  } catch (error) {
    return { isDelivered: false, error: failureText(error) };
  }
}

/** The answer counts when its status is there: what its body is, and whether it ever ends, is all the same. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= keptBytes) break;
    }
  } catch {
    // Cut off or too slow: what came is kept.
  }
  // No control characters: it is shown on terminals, and PostgreSQL keeps no NUL.
  return Buffer.concat(chunks).subarray(0, keptBytes).toString("utf8").replaceAll(/[^\P{Cc}\n\t]/gu, "�");
}

function refusalText(status: number): string {
  if (status >= 300 && status < 400) return `answered ${status}: redirects are not followed`;
  if (status === 410) return "answered 410: the receiver is gone for good";
  return `answered ${status}`;
}

function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  if (code === addressRefused) return error.message;
  if (error.name === "TimeoutError" || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_CONNECT_TIMEOUT") return "no answer in time";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its name cannot be resolved";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") return "the connection was closed without an answer";
  return (error.message === "" ? code : error.message).slice(0, 300);
}
