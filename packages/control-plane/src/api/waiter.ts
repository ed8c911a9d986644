/** A missed notification costs at most this. */
export const pollMs = 2_000;

/** Waits until woken, closed or a time has passed; a wake that comes while nobody waits is kept. */
export class Waiter {
  readonly #closing = new AbortController();
  #woken = false;
  #resume: (() => void) | undefined;

  /** Aborted when closed. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  get closed(): boolean {
    return this.signal.aborted;
  }

  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  close(): void {
    this.#closing.abort();
    this.#resume?.();
  }

  /** True when woken, false when the time has passed. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#woken && !this.closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const woken = this.#woken;
    this.#woken = false;
    this.#resume = undefined;
    return woken;
  }
}
