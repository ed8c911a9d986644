import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ModyardError, problem } from "../../errors/problem.ts";
import type { ListenAddress } from "./listen-address.ts";
import { proxyRequest, proxyUpgradeRequest } from "./proxy.ts";
import type { Releases } from "./releases.ts";

/** Longer than the idle time-outs of usual load balancers (60 s): it is they who close an idle connection, not the gateway under their next request. */
const KEEP_ALIVE_MS = 75_000;

/** Listens for users and passes everything to the active release. Throws PORT_IN_USE. */
export async function servePublic(releases: Releases, address: ListenAddress): Promise<Server> {
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0, // An upload may take as long as it does; the headers still have their own time-out.
    noDelay: true,
    // A client may offer h2c beside HTTP/1.1 (curl --http2); the offer is simply not taken.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  });
  server.on("request", (request, response) => void proxyRequest(releases, request, response));
  server.on("upgrade", (request, socket, head) => void proxyUpgradeRequest(releases, request, socket, head));
  await listen(server, address);
  return server;
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "EADDRINUSE" ? portInUse(host, port) : error));
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
}

function portInUse(host: string, port: number): ModyardError {
  return new ModyardError(problem("PORT_IN_USE", `another program listens on ${host}:${port}`, { details: { host, port } }));
}
