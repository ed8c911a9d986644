import type { Plugin } from "graphql-yoga";
import type { ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import type { Telling } from "./context.ts";

const mediaType = "text/event-stream";
/** So often a silent stream says that it is there. */
const beatMs = 12_000;

/**
 * Tells subscriptions as server-sent events with their numbers as ids: `event: next` for each, `event: complete` when nothing more can
 * come. A stream that breaks off has no `complete`, and a browser that connects again goes on after the last id by itself.
 */
export function streamResults(): Plugin {
  return {
    onResultProcess: ({ result, acceptableMediaTypes, request, serverContext, setResultProcessor }) => {
      acceptableMediaTypes.push(mediaType);
      const accept = request.headers.get("accept") ?? "";
      // What is wrong with a subscription is told as a stream where nothing else is understood.
      if (Array.isArray(result) || !accept.includes(mediaType) || (!isAsyncIterable(result) && accept.includes("json"))) return;
      const { telling } = serverContext as unknown as { readonly telling: Telling };
      setResultProcessor((given) => streamOf(isAsyncIterable(given) ? (given as AsyncIterable<ExecutionResult>) : only(given as ExecutionResult), telling, statusOf(given as ExecutionResult)), mediaType);
    },
  };
}

async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

/** Of a request that came to nothing. */
function statusOf({ errors }: ExecutionResult): number {
  const http = errors?.[0]?.extensions["http"];
  return typeof http === "object" && http !== null && "status" in http ? Number(http.status) : 200;
}

/** As it is told; what errors say to the library is not. */
function textOf({ errors, ...result }: ExecutionResult): string {
  const shown = errors?.map((error) => {
    const { extensions: { http: _, ...extensions } = {}, ...rest } = error.toJSON();
    return { ...rest, extensions };
  });
  return JSON.stringify(shown === undefined ? result : { ...result, errors: shown });
}

/** The answer that tells `results`; whoever is not given it cancels its body. */
export function streamOf(results: AsyncIterable<ExecutionResult>, telling: Telling, status: number): Response {
  const iterator = results[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let beat: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("retry: 1000\n\n")),
    pull: async (controller) => {
      // From the first reading on: a stream that nobody was given leaves nothing behind.
      beat ??= beatOf(controller, encoder);
      const { done, value } = await iterator.next().catch((error: unknown) => {
        clearInterval(beat);
        throw error;
      });
      if (done === true) {
        clearInterval(beat);
        if (telling.interrupted !== true) controller.enqueue(encoder.encode("event: complete\ndata: {}\n\n"));
        controller.close();
        return;
      }
      const id = telling.eventId === undefined ? "" : `id: ${telling.eventId}\n`;
      controller.enqueue(encoder.encode(`${id}event: next\ndata: ${textOf(value)}\n\n`));
    },
    cancel: async () => {
      clearInterval(beat);
      await iterator.return?.();
    },
  });
  return new Response(body, { status, headers: { "content-type": mediaType, "cache-control": "no-store", "x-accel-buffering": "no" } });
}

/** A reader that takes nothing needs no beat, and would only collect them. */
function beatOf(controller: ReadableStreamDefaultController<Uint8Array>, encoder: TextEncoder): NodeJS.Timeout {
  return setInterval(() => (controller.desiredSize ?? 0) > 0 && controller.enqueue(encoder.encode(": still here\n\n")), beatMs).unref();
}
