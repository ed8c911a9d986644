import type { Socket } from "node:net";

/** Whatever an application sends to its users, counted: as long as the number grows, it lives, however slow it is. */
export class SignsOfLife {
  #count = 0;
  readonly #connections = new Set<Socket>();

  get total(): number {
    return [...this.#connections].reduce((sum, { bytesRead }) => sum + bytesRead, this.#count);
  }

  /** The application answered, or went on with an answer. */
  note(): void {
    this.#count += 1;
  }

  /** Counts what comes over a connection that is passed on byte by byte, while `work` lasts. */
  async follow<T>(connection: Socket, work: () => Promise<T>): Promise<T> {
    this.#connections.add(connection);
    try {
      return await work();
    } finally {
      this.#connections.delete(connection);
      this.#count += connection.bytesRead;
    }
  }
}
