import { connect } from "node:net";
import { Client, Pool } from "undici";

/** Long enough for a slow report, short enough that a hung application does not keep its clients for ever. */
const HEADERS_TIMEOUT_MS = 300_000;
/** As much as browsers take: policies and cookies grow. */
const LARGEST_HEADERS_BYTES = 256 * 1024;

/** The connections to one process of a release. A restarted process gets a new upstream, so no connection to the old one is used again. */
export interface Upstream {
  readonly port: number;
  readonly origin: string;
  readonly pool: Pool;
  /** A connection that nobody used before; the caller closes it. */
  freshClient(): Client;
  close(): void;
}

export function openUpstream(port: number): Upstream {
  const origin = `http://127.0.0.1:${port}`;
  // A stream (SSE) may be silent for as long as it likes: no body time-out.
  const limits = { headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: 0, maxHeaderSize: LARGEST_HEADERS_BYTES };
  const pool = new Pool(origin, { ...limits, connections: null, pipelining: 1 });
  return {
    port,
    origin,
    pool,
    freshClient: () => new Client(origin, { ...limits, pipelining: 0 }),
    close: () => void pool.close().catch(() => undefined),
  };
}

/** Whether somebody accepts connections on this loopback port now. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
