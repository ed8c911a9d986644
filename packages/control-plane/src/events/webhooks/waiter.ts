/** Sleeps until something happens. What happens while nobody sleeps ends the next sleep at once. */
export class Waiter {
  #isWoken = false;
  #resume: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#resume?.();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isWoken = false;
    this.#resume = undefined;
  }
}
