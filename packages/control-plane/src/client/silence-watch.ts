/** Aborts its signal when one has waited too long for a sign of life. */
export class SilenceWatch {
  readonly #aborting = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  /** Since when one has waited; undefined while nobody does: a reader that is slow itself misses nothing. */
  #waitingSince: number | undefined = Date.now();

  /** By the clock, which goes on while a computer sleeps: timers do not. */
  constructor(silenceMs: number) {
    this.#timer = setInterval(() => {
      if (this.#waitingSince !== undefined && Date.now() - this.#waitingSince >= silenceMs) this.#aborting.abort();
    }, silenceMs / 10);
  }

  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  /** The same chunks; waiting for the next is what is watched. */
  async *listen<Chunk>(chunks: AsyncIterable<Chunk>, heard?: () => void): AsyncGenerator<Chunk> {
    this.#waitingSince = Date.now();
    for await (const chunk of chunks) {
      this.#waitingSince = undefined;
      heard?.();
      yield chunk;
      this.#waitingSince = Date.now();
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
