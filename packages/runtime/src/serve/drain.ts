import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface DrainOptions {
  /** How long requests under way may take, in milliseconds; then their connections are cut. */
  readonly timeoutMs: number;
  /** How long a connection that has not sent anything yet may still do so, in milliseconds. */
  readonly quietMs: number;
}

/** How a drain ended. */
export interface DrainOutcome {
  /** Requests that were cut because they did not finish in time. */
  readonly cut: number;
}

/**
 * Follows a server's connections and requests, so that it can be emptied without cutting anyone off.
 * Make it before the server listens.
 */
export class Drain {
  readonly #server: Server;
  /** Every open connection, with the answers that it still owes. */
  readonly #connections = new Map<Socket, Set<ServerResponse>>();
  #draining = false;

  constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#follow(socket));
    // Before the application's own listener: it may send the headers at once.
    server.prependListener("request", (request, response) => this.#begin(request, response));
  }

  /** Stops accepting, finishes what is under way, closes every connection. Resolves when none is left. */
  async drain(options: DrainOptions): Promise<DrainOutcome> {
    this.#draining = true;
    let cut = 0;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const owed of this.#connections.values()) for (const response of owed) askToClose(response);
    // Node itself has closed the connections that are idle after a request, but not those that wait for their first.
    const quiet = setTimeout(() => this.#closeIdle(), options.quietMs);
    const limit = setTimeout(() => {
      cut = this.#cutAll();
    }, options.timeoutMs);
    await closed;
    clearTimeout(quiet);
    clearTimeout(limit);
    return { cut };
  }

  #follow(socket: Socket): void {
    this.#connections.set(socket, new Set());
    socket.once("close", () => this.#connections.delete(socket));
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    const owed = this.#connections.get(request.socket);
    if (owed === undefined) return;
    owed.add(response);
    if (this.#draining) askToClose(response);
    response.once("close", () => {
      owed.delete(response);
      // An answer whose headers were sent before the drain promised to keep the connection.
      if (this.#draining && owed.size === 0) request.socket.destroySoon();
    });
  }

  #closeIdle(): void {
    for (const [socket, owed] of this.#connections) if (owed.size === 0) socket.destroySoon();
  }

  #cutAll(): number {
    let cut = 0;
    for (const [socket, owed] of this.#connections) {
      cut += owed.size;
      socket.destroy();
    }
    return cut;
  }
}

function askToClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}
