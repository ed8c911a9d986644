import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ModyardError, problem } from "../../errors/problem.ts";
import { listenUrl, parseListenAddress, type ListenAddress } from "./listen-address.ts";
import { proxyRequest, proxyUpgradeRequest, type Passage } from "./proxy.ts";

/** Longer than the idle time-outs of usual load balancers (60 s): it is they who close an idle connection, not the gateway under their next request. */
const KEEP_ALIVE_MS = 75_000;
/** How long a client may take to send the headers of a request: who sends them byte by byte would hold connections for ever. */
const HEADERS_MS = 60_000;
/** More than usual applications take themselves: it is they who refuse what is too large for them. */
const LARGEST_HEADERS_BYTES = 64 * 1024;
/** How long requests under way may take when the address is given up. */
const CLOSE_DRAIN_MS = 5_000;

/** Where users reach an environment. It may move to another address while it serves. */
export interface PublicServer {
  readonly url: string;
  readonly port: number;
  /** Serves at this `HOST:PORT` from now on; the old address is given up only when the new one is taken. Throws port_in_use, listen_invalid. */
  moveTo(listen: string): Promise<void>;
  /** Takes no more connections; resolves when the requests under way are done or have had their time. */
  close(): Promise<void>;
}

/** Listens for users and passes everything on. `keptPort` is used where `listen` asks for port 0. Throws port_in_use. */
export async function servePublic(passage: Passage, listen: string, keptPort: number | undefined): Promise<PublicServer> {
  const wanted = parseListenAddress(listen);
  let address = { ...wanted, port: wanted.port === 0 ? (keptPort ?? 0) : wanted.port };
  let server = await openServer(passage, address);
  address = { ...address, port: portOf(server) };
  return {
    get url() {
      return listenUrl(address);
    },
    get port() {
      return address.port;
    },
    async moveTo(next) {
      const { host, port } = parseListenAddress(next);
      if (host === address.host && (port === 0 || port === address.port)) return;
      const old = server;
      server = await openServer(passage, { host, port });
      address = { host, port: portOf(server) };
      void closeServer(old);
    },
    close: () => closeServer(server),
  };
}

async function openServer(passage: Passage, address: ListenAddress): Promise<Server> {
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0, // An upload may take as long as it does.
    headersTimeout: passage.headersMs ?? HEADERS_MS, // Without this one, no time-out of requests means none of headers either.
    connectionsCheckingInterval: Math.min(passage.headersMs ?? HEADERS_MS, 30_000),
    maxHeaderSize: LARGEST_HEADERS_BYTES,
    noDelay: true,
    // A client may offer h2c beside HTTP/1.1 (curl --http2); the offer is simply not taken. A WebSocket begins with GET.
    shouldUpgradeCallback: ({ method, headers }) => method === "GET" && headers.upgrade?.toLowerCase() === "websocket",
  });
  server.on("request", (request, response) => void proxyRequest(passage, request, response));
  server.on("upgrade", (request, socket, head) => void proxyUpgradeRequest(passage, request, socket, head));
  await bind(server, address);
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function bind(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "EADDRINUSE" ? portInUse(host, port) : error));
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
}

function portInUse(host: string, port: number): ModyardError {
  return new ModyardError(problem("port_in_use", `another program listens on ${host}:${port}`, { details: { host, port } }));
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_DRAIN_MS);
  await closed;
  clearTimeout(cut);
}
