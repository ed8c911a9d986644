import { once } from "node:events";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isDatabaseGone } from "../database/problems.ts";
import { closeWhenRefused } from "./still-allowed.ts";
import { pollMs, Waiter } from "./waiter.ts";

/** One server-sent event; its id is what the reader resumes from. */
export interface ServerEvent {
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

/** What is told beside the events: it has no id, so that a reader who connects again goes on after the last event proper. */
export interface AsideEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Where events come from. */
export interface EventSource {
  /** Events after `id`, in order; an empty list when there are none yet. */
  readonly read: (after: number) => Promise<readonly ServerEvent[]>;
  /** Calls back when there may be more; returns the unsubscribe function. */
  readonly subscribe: (wake: () => void) => () => void;
  /** What is to be told beside the events since the last call; the source keeps no more of it than the newest. */
  readonly readAsides?: () => Promise<readonly AsideEvent[]>;
  /** Whether nothing more can come: the stream ends when all was read. */
  readonly isOver?: () => Promise<boolean>;
}

declare module "fastify" {
  interface FastifyInstance {
    /** Every open stream of events. */
    readonly eventStreams: Set<Waiter>;
  }
}

/** Lets streams of events end when the application closes: they would hold it for ever. Readers come back by themselves. */
export function endStreamsOnClose(app: FastifyInstance): void {
  const streams = new Set<Waiter>();
  app.decorate("eventStreams", streams);
  app.addHook("preClose", (done) => {
    for (const stream of streams) stream.close();
    done();
  });
}

/**
 * Streams events from a store, never from memory: a reader that lags or reconnects with `Last-Event-ID` loses nothing,
 * and a slow one costs no memory, because the next events are read only when the last were taken.
 */
export async function streamEvents(request: FastifyRequest, reply: FastifyReply, after: number, source: EventSource): Promise<void> {
  request.holdStream();
  reply.hijack();
  const { raw } = reply;
  // Closed with the stream: a connection kept for later requests would hold the server when it stops.
  raw.shouldKeepAlive = false;
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" });
  if (request.method === "HEAD") {
    raw.end();
    return;
  }
  raw.write("retry: 1000\n\n");
  const waiter = new Waiter();
  request.server.eventStreams.add(waiter);
  const unsubscribe = source.subscribe(() => waiter.wake());
  const unwatch = closeWhenRefused(request, waiter);
  request.raw.once("close", () => waiter.close());
  raw.once("close", () => waiter.close());
  // A write to a reader that has just gone away.
  raw.on("error", () => waiter.close());
  // Gone while it was seen who asks: then none of these comes any more.
  if (raw.destroyed) waiter.close();
  try {
    await pump(raw, waiter, after, source);
  } catch (error) {
    if (!waiter.closed) request.log.warn({ err: error }, "an event stream ended early");
  } finally {
    unsubscribe();
    unwatch();
    request.server.eventStreams.delete(waiter);
    raw.end();
  }
}

async function pump(raw: NodeJS.WritableStream, waiter: Waiter, after: number, source: EventSource): Promise<void> {
  let last = after;
  let toldAt = Date.now();
  while (!waiter.closed) {
    const { over, events, asides } = await look(source, last);
    if (events.length + asides.length > 0) {
      last = events.at(-1)?.id ?? last;
      toldAt = Date.now();
      // As one write: a slow network costs a wait per page, not per line.
      const fits = raw.write(events.map((each) => `id: ${each.id}\n${eventText(each)}`).join("") + asides.map(eventText).join(""));
      if (!fits && !waiter.closed) await once(raw, "drain", { signal: waiter.signal });
      continue;
    }
    if (over) {
      raw.write("event: end\ndata: {}\n\n");
      return;
    }
    await waiter.wait(pollMs);
    // Also to a reader of few of many events, whom all of them wake: readers take long silence for a lost connection.
    if (Date.now() - toldAt < pollMs) continue;
    raw.write(": still here\n\n");
    toldAt = Date.now();
  }
}

/** What there is after `last`. Nothing while the database is away: that ends no stream, and its reader hears on when it is back. */
async function look({ isOver, read, readAsides }: EventSource, last: number): Promise<{ readonly over: boolean; readonly events: readonly ServerEvent[]; readonly asides: readonly AsideEvent[] }> {
  try {
    // Asked before reading: what was written before the end is then read for certain.
    const over = (await isOver?.()) ?? false;
    return { over, events: await read(last), asides: (await readAsides?.()) ?? [] };
  } catch (error) {
    if (isDatabaseGone(error)) return { over: false, events: [], asides: [] };
    throw error;
  }
}

function eventText({ event, data }: AsideEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
