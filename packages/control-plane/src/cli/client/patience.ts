import { setTimeout as sleep } from "node:timers/promises";
import { mayPass } from "./server-problems.ts";

/** Who is told that the server went away and came back. */
export interface ConnectionNotes {
  lost(message: string): void;
  back(): void;
}

/** The longest that a follower waits for a server that went away. */
const patienceMs = 60_000;
const firstDelayMs = 250;
const longestDelayMs = 4_000;

/**
 * Repeats an attempt while the server is away, for a minute at most; then the last error is thrown. A long attempt says
 * itself that it reached the server: its next loss begins a new minute.
 */
export async function withPatience<T>(attempt: (reached: () => void) => Promise<T>, notes: ConnectionNotes, signal?: AbortSignal, isPassing = mayPass): Promise<T> {
  let lostAt: number | undefined;
  let delay = firstDelayMs;
  const reached = (): void => {
    if (lostAt !== undefined) notes.back();
    lostAt = undefined;
    delay = firstDelayMs;
  };
  for (;;) {
    try {
      const value = await attempt(reached);
      reached();
      return value;
    } catch (error) {
      if (!isPassing(error) || (lostAt !== undefined && Date.now() - lostAt > patienceMs)) throw error;
      if (lostAt === undefined) notes.lost((error as Error).message);
      lostAt ??= Date.now();
      await sleep(delay, undefined, signal === undefined ? {} : { signal });
      delay = Math.min(longestDelayMs, delay * 2);
    }
  }
}
