import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RuntimeError } from "../errors.ts";

/**
 * Listens and tells where, e.g. `{ port: 41234, url: "http://127.0.0.1:41234" }`.
 * @throws {RuntimeError} `SERVE_PORT_IN_USE`
 */
export async function listen(server: Server, host: string, port: number): Promise<{ readonly port: number; readonly url: string }> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return { port: bound, url: `http://${host.includes(":") ? `[${host}]` : host}:${String(bound)}` };
}

function listenError(error: Error, host: string, port: number): Error {
  if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") return error;
  return new RuntimeError("SERVE_PORT_IN_USE", `port ${String(port)} on ${host} is in use by another program`, [], { cause: error });
}
