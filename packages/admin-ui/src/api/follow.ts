import { endEvent, openEvents, type ServerSentEvent } from "@modyard/client";
import { isRefusal } from "./server.ts";

/** Who hears a stream. */
export interface Follower {
  readonly take: (event: ServerSentEvent) => void;
  /** The connection is there, for the first time or again. */
  readonly reached?: () => void;
  readonly lost?: () => void;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * Follows a stream of events from an event on until the server says that it is over or `signal` is aborted. A lost connection is
 * made again, as often as it takes, after the last event that came: nothing is lost. What the server refuses is thrown.
 */
export async function follow(path: string, after: string, signal: AbortSignal, { take, reached, lost }: Follower): Promise<void> {
  let last = after;
  let pauseMs = firstPauseMs;
  const opened = (): void => {
    pauseMs = firstPauseMs;
    reached?.();
  };
  while (!signal.aborted) {
    const cutting = new AbortController();
    // A stream that waits does not notice that its network is gone; the browser does.
    const cut = (): void => cutting.abort();
    addEventListener("offline", cut);
    try {
      for await (const event of openEvents({ url: "" }, path, { after: last, signal: AbortSignal.any([signal, cutting.signal]), opened })) {
        if (event.event === endEvent) return;
        last = event.id ?? last;
        take(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw error;
    } finally {
      removeEventListener("offline", cut);
    }
    if (signal.aborted) return;
    lost?.();
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

/** Asks until there is an answer, with growing pauses. What the server refuses is thrown, and the signal's reason when it is aborted. */
export async function askUntilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal, lost: () => void): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || isRefusal(error)) throw error;
    }
    lost();
    await pause(pauseMs, signal);
    signal.throwIfAborted();
  }
}

/** Ends early when the browser has a network again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
