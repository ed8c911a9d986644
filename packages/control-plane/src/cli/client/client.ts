import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { fail } from "../../errors/problem.ts";
import { readServerEvents, type ServerSentEvent } from "../../client/server-events.ts";
import { errorOfAnswer, parseJson } from "./server-problems.ts";

/** What a request may say beside its path. */
export interface RequestOptions {
  /** Ends the request early; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** The same key makes a repeated POST safe. */
  readonly idempotencyKey?: string;
}

/** A GET that takes longer has lost its server. Plans may have to ask registries. */
const getTimeoutMs = 30_000;
const postTimeoutMs = 300_000;

/** The API of one server. Every answer is parsed; every error is one of the catalogue. */
export class Client {
  /** Where the server is, as it was named. */
  readonly address: string;
  readonly #token: string | undefined;

  constructor(server: URL, token: string | undefined) {
    this.address = server.href.replace(/\/+$/, "");
    this.#token = token;
  }

  get<T>(path: string, view: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#request("GET", path, undefined, view, options);
  }

  /** Under a key of its own unless one is given: whatever repeats the very request on the way does it once. */
  post<T>(path: string, body: unknown, view: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#request("POST", path, body, view, { idempotencyKey: randomUUID(), ...options });
  }

  /** What it sets stays set when it is sent twice: it needs no key. */
  patch<T>(path: string, body: unknown, view: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#request("PATCH", path, body, view, options);
  }

  /** What is gone stays gone when it is asked for twice: it needs no key. */
  delete<T>(path: string, view: z.ZodType<T>, options: RequestOptions = {}): Promise<T> {
    return this.#request("DELETE", path, undefined, view, options);
  }

  /** Server-sent events after `lastEventId`, until the stream ends; `opened` is called when the server answers. A lost connection throws server_unreachable. */
  async *events(path: string, lastEventId: string, signal: AbortSignal, opened: () => void): AsyncGenerator<ServerSentEvent> {
    const response = await this.#fetch(path, { headers: { ...this.#headers(), accept: "text/event-stream", "last-event-id": lastEventId }, signal });
    if (!response.ok || response.body === null) throw errorOfAnswer(response.status, await this.#text(response, signal), this.address);
    opened();
    try {
      yield* readServerEvents(response.body);
    } catch (error) {
      signal.throwIfAborted();
      this.#unreachable(error);
    }
  }

  async #request<T>(method: string, path: string, body: unknown, view: z.ZodType<T>, options: RequestOptions): Promise<T> {
    const timeout = AbortSignal.timeout(method === "GET" ? getTimeoutMs : postTimeoutMs);
    const response = await this.#fetch(path, {
      method,
      headers: { ...this.#headers(), accept: "application/json", ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }), ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
    }, options.signal);
    const text = await this.#text(response, options.signal);
    if (!response.ok) throw errorOfAnswer(response.status, text, this.address);
    const parsed = view.safeParse(parseJson(text));
    return parsed.success ? parsed.data : fail("server_not_understood", `${this.address} gave an answer that is not Modyard's to ${method} ${path}`, {}, parsed.error);
  }

  async #fetch(path: string, init: RequestInit, signal = init.signal ?? undefined): Promise<Response> {
    try {
      // A redirect would carry the token to who knows where.
      return await fetch(this.address + path, { ...init, redirect: "error" });
    } catch (error) {
      signal?.throwIfAborted();
      return this.#unreachable(error);
    }
  }

  async #text(response: Response, signal: AbortSignal | undefined): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      signal?.throwIfAborted();
      return this.#unreachable(error);
    }
  }

  #headers(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }

  #unreachable(error: unknown): never {
    return fail("server_unreachable", `the server ${this.address} cannot be reached: ${reasonOf(error)}`, {}, error);
  }
}

/** Node says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it does not answer";
  const cause: unknown = error.cause;
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : error.message;
}
