/** The person pressed Ctrl-C while a command was watching. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Runs something that only watches: Ctrl-C (or SIGTERM) ends it with `Interrupted` and harms nothing. A second one ends the
 * process as always.
 */
export async function watching<T>(watch: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Interrupted("interrupted"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await watch(controller.signal);
  } catch (error) {
    // Timers wrap the reason in an AbortError of their own.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
