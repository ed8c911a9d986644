import { fail } from "../../errors/problem.ts";

/**
 * Keeps drivers apart: whoever comes with a smaller token than the highest seen has lost its lease and may change nothing.
 * What was promised to a driver holds over any crash, so a higher token counts only when it is on the disk.
 */
export class Fence {
  #highest: number;
  #durable: number;
  readonly #save: () => Promise<void>;

  /** `save` resolves when the present state, `highest` with it, is on the disk. */
  constructor(highest: number, save: () => Promise<void>) {
    this.#highest = highest;
    this.#durable = highest;
    this.#save = save;
  }

  get highest(): number {
    return this.#highest;
  }

  /** Lets this driver in, and none before it any more. Throws lease_lost. */
  async claim(own: number): Promise<void> {
    this.assertPresent(own);
    this.#highest = own;
    if (own === this.#durable) return;
    await this.#save();
    this.#durable = Math.max(this.#durable, own);
    this.assertPresent(own);
  }

  /** To be asked again after every wait: another driver may have come meanwhile. Throws lease_lost. */
  assertPresent(own: number): void {
    if (own < this.#highest) fail("lease_lost", `a worker with a later lease (${this.#highest}) drives this environment; that of ${own} is over`);
  }
}
