import { endEvent, openEvents, type ServerSentEvent } from "@modyard/client";
import { isRefusal } from "./server.ts";

/** Who hears a stream. */
export interface Follower {
  readonly take: (event: ServerSentEvent) => void;
  /** The connection is there, for the first time or again. */
  readonly reached?: () => void;
  /** The connection is gone; `at` is when the server was heard last. */
  readonly lost?: (at: Date) => void;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** So long an answer may take; one that takes longer will not come any more. */
const answerMs = 30_000;

/**
 * Follows a stream of events from an event on until the server says that it is over or `signal` is aborted. A lost connection is
 * made again, as often as it takes, after the last event that came: nothing is lost. One that is open and silent is as lost as one
 * that was closed. What the server refuses is thrown.
 */
export async function follow(path: string, after: string, signal: AbortSignal, { take, reached, lost }: Follower): Promise<void> {
  let last = after;
  let pauseMs = firstPauseMs;
  let heardAt = new Date();
  const heard = (): void => void (heardAt = new Date());
  const opened = (): void => {
    pauseMs = firstPauseMs;
    heard();
    reached?.();
  };
  while (!signal.aborted) {
    const cutting = new AbortController();
    // A stream that waits does not notice that its network is gone; the browser does.
    const cut = (): void => cutting.abort();
    addEventListener("offline", cut);
    try {
      for await (const event of openEvents({ url: "" }, path, { after: last, signal: AbortSignal.any([signal, cutting.signal]), opened, heard })) {
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
    lost?.(heardAt);
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

/** Asks until there is an answer, with growing pauses. What the server refuses is thrown, and the signal's reason when it is aborted. */
export async function askUntilAnswered<T>(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, lost: () => void): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await ask(AbortSignal.any([signal, AbortSignal.timeout(answerMs)]));
    } catch (error) {
      if (signal.aborted || isRefusal(error)) throw error;
    }
    lost();
    await pause(pauseMs, signal);
    signal.throwIfAborted();
  }
}

/** Ends early when the browser has a network again, and when somebody comes back to look. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ending = new AbortController();
    const until = { signal: ending.signal };
    const done = (): void => {
      clearTimeout(timer);
      ending.abort();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done, until);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && done(), until);
    signal.addEventListener("abort", done, until);
  });
}
