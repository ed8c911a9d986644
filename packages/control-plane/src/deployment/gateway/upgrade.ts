import { Agent, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { finished, type Duplex } from "node:stream";
import { proxyUpgrade } from "httpxy";
import { isOurs } from "./foreign-cookies.ts";

/** A new connection to an application; undefined when it does not accept one. */
export function connectUpstream(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}

/** Sends the upgrade over a connection that stands already. Resolves when both sides are closed. */
export async function proxyUpgradeOver(connection: Socket, port: number, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = () => connection;
  withoutOurSignIn(socket);
  try {
    const upstream = await proxyUpgrade({ host: "127.0.0.1", port }, request, socket, head, { agent, xfwd: false });
    // One side may end without the other noticing; both go together.
    finished(upstream, () => socket.destroy());
    finished(socket, () => upstream.destroy());
  } catch {
    // The application answered without upgrading, and that answer is on its way to the client, or the connection broke.
  }
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
  connection.destroy();
}

/** The head of the answer, which is written first and as one text, signs nobody in to the control plane either. */
function withoutOurSignIn(socket: Duplex): void {
  const write = socket.write.bind(socket) as (chunk: unknown, ...rest: unknown[]) => boolean;
  socket.write = (chunk: unknown, ...rest: unknown[]) => {
    Reflect.deleteProperty(socket, "write");
    const kept = typeof chunk === "string" ? chunk.split("\r\n").filter((line) => !isSignIn(line)).join("\r\n") : chunk;
    return write(kept, ...rest);
  };
}

function isSignIn(line: string): boolean {
  const [, cookie] = /^set-cookie:(.*)$/is.exec(line) ?? [];
  return cookie !== undefined && isOurs(cookie);
}
