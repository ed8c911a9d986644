import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher } from "undici";
import { passHints } from "./early-hints.ts";
import { responseHeaders } from "./forward-headers.ts";

/**
 * What became of one attempt. `answered`: the client has its answer, or is gone, or was cut off in the middle of an answer.
 * `unreached`: nothing of the request was sent. `lost`: it was sent, and the connection broke before any answer. `garbled`: what
 * came is no answer of HTTP, or none that can be passed on. `timed_out`: no answer in time. `malformed`: the request cannot be sent on.
 */
export type Outcome = "answered" | "unreached" | "lost" | "garbled" | "timed_out" | "malformed";

/** Sends the request to an application and streams the answer back, with back-pressure in both directions. `onSign`: the application said something. */
export function forward(dispatcher: Dispatcher, request: IncomingMessage, response: ServerResponse, headers: string[], onSign: () => void): Promise<Outcome> {
  return new Promise((resolve) => {
    const handler = new ForwardHandler(response, resolve, onSign);
    const options = { method: request.method ?? "GET", path: originForm(request.url ?? "/"), headers, body: bodyOf(request) };
    dispatcher.dispatch(options as Dispatcher.DispatchOptions, handler);
  });
}

/** Whether the request announces a body. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

/**
 * The body as an iterable and not as the stream itself: undici destroys a stream that it could not send to the end, and
 * the client's connection with it. Reading begins only when there is a connection to the application.
 */
function bodyOf(request: IncomingMessage): AsyncIterable<Buffer> | null {
  return hasBody(request) ? { [Symbol.asyncIterator]: () => chunksOf(request) } : null;
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } finally {
    // An application may answer before it has read everything. A client that sends to the end before it reads that answer, and its next
    // request on the connection, must not wait for ever: the rest is read and thrown away, as the application's own server would.
    request.resume();
  }
}

/** `GET http://host/path` is as good as `GET /path` with a Host header. */
function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`;
}

class ForwardHandler implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #onSign: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #bodyBegan = false;

  constructor(response: ServerResponse, resolve: (outcome: Outcome) => void, onSign: () => void) {
    this.#response = response;
    this.#resolve = resolve;
    this.#onSign = onSign;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#response.destroyed) return controller.abort(new Error("the client is gone"));
    this.#response.on("close", this.#onClose);
    this.#response.on("drain", this.#onDrain);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _headers: unknown, message?: string): void {
    this.#onSign();
    const raw = Array.isArray(controller.rawHeaders) ? controller.rawHeaders : [];
    if (status < 200) {
      if (status === 103) passHints(this.#response, raw);
      return;
    }
    this.#response.sendDate = false;
    this.#response.writeHead(status, /^[\x20-\x7e]*$/.test(message ?? "") ? message : undefined, responseHeaders(raw, mayTrail(this.#response, status, raw)));
    // The headers of a stream must not wait for its first event; those of other answers go out together with the body.
    queueMicrotask(() => {
      if (!this.#bodyBegan && !this.#response.writableEnded) this.#response.flushHeaders();
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#onSign();
    this.#bodyBegan = true;
    if (!this.#response.write(chunk)) controller.pause();
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: Record<string, string | string[] | undefined>): void {
    const list = Object.entries(trailers ?? {}).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []));
    if (list.length > 0) this.#response.addTrailers(list);
    this.#response.end();
    this.#finish("answered");
  }

  onResponseError(_controller: unknown, error: Error): void {
    const begun = this.#response.headersSent;
    // Half an answer must not look like a whole one.
    if (begun) this.#response.destroy();
    this.#finish(begun || this.#response.destroyed ? "answered" : this.#outcomeOf(error));
  }

  readonly #onClose = (): void => {
    if (!this.#response.writableFinished) this.#controller?.abort(new Error("the client is gone"));
  };

  readonly #onDrain = (): void => this.#controller?.resume();

  #outcomeOf(error: Error): Outcome {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED" || code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") return "malformed";
    if (code === "UND_ERR_HEADERS_TIMEOUT") return "timed_out";
    if (error.name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW" || /^ERR_(?:HTTP|INVALID_CHAR)/.test(code ?? "")) return "garbled";
    return this.#controller === undefined ? "unreached" : "lost";
  }

  #finish(outcome: Outcome): void {
    this.#response.off("close", this.#onClose);
    this.#response.off("drain", this.#onDrain);
    this.#resolve(outcome);
  }
}

/** Trailers come after chunks only: who speaks HTTP/1.0 gets none, and an answer without a body or with a known length has none. */
function mayTrail({ req: { method, httpVersion } }: ServerResponse, status: number, raw: readonly (Buffer | string)[]): boolean {
  const isChunked = raw.some((name, index) => index % 2 === 0 && name.toString("latin1").toLowerCase() === "transfer-encoding");
  return isChunked && method !== "HEAD" && httpVersion === "1.1" && status !== 204 && status !== 304;
}
