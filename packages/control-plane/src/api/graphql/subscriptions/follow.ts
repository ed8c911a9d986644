import { pollMs, Waiter } from "../../waiter.ts";
import type { GraphqlContext } from "../context.ts";

/** Where the events of a subscription come from. */
export interface Followed<Event> {
  /** The last event that the reader has. */
  readonly after: number;
  /** Events after that one, in order; an empty list when there are none yet. */
  readonly read: (after: number) => Promise<readonly Event[]>;
  /** The number of an event; undefined for what is a state and not one of a row of events. */
  readonly idOf: (event: Event) => number | undefined;
  /** Calls back when there may be more; returns the unsubscribe function. */
  readonly subscribe: (wake: () => void) => () => void;
  /** Whether nothing more can come: the subscription ends when all was read. */
  readonly isOver?: () => Promise<boolean>;
}

/**
 * Follows a source from the store, never from memory: a reader that lags or comes back loses nothing, and a slow one costs no memory,
 * because the next events are read only when the last were taken.
 */
export function follow<Event>(context: GraphqlContext, source: Followed<Event>): AsyncIterableIterator<Event> {
  const waiter = new Waiter();
  const events = pump(context, waiter, source);
  const iterator: AsyncIterableIterator<Event> = {
    next: () => events.next(),
    return: () => {
      // Else it would wait until it is woken by the next event.
      waiter.close();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function* pump<Event>({ streams, telling, watch }: GraphqlContext, waiter: Waiter, source: Followed<Event>): AsyncGenerator<Event, undefined> {
  const unsubscribe = source.subscribe(() => waiter.wake());
  const unwatch = watch(waiter);
  streams.add(waiter);
  try {
    let last = source.after;
    while (!waiter.closed) {
      // Asked before reading: what was written before the end is then read for certain.
      const over = (await source.isOver?.()) ?? false;
      const events = await source.read(last);
      for (const event of events) {
        if (waiter.closed) break;
        last = source.idOf(event) ?? last;
        telling.eventId = source.idOf(event);
        yield event;
      }
      if (events.length > 0) continue;
      if (over) return undefined;
      await waiter.wait(pollMs);
    }
    telling.interrupted = true;
    return undefined;
  } catch (error) {
    telling.interrupted = true;
    throw error;
  } finally {
    unsubscribe();
    unwatch();
    streams.delete(waiter);
  }
}
