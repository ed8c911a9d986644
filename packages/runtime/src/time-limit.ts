/** Thrown by `withTimeLimit` when the time is up. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

/**
 * Waits for `work` at most `milliseconds`; rejects with a `TimeLimitError` after that. The work itself cannot be
 * stopped: its late outcome is ignored. The timer keeps the process alive, so that waiting for a promise that nothing
 * will ever settle ends in an error and not in a silent exit.
 */
export async function withTimeLimit<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(`did not finish within ${String(milliseconds)} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
