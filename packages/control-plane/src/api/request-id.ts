import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

export const requestIdHeader = "x-request-id";
const pattern = /^[\w.:/+=@-]{1,128}$/;

/** Names requests in answers and logs: as a proxy that is trusted named them, else by an identifier of our own. */
export function nameRequests(isTrusted: (address: string) => boolean): (raw: Pick<IncomingMessage, "headers" | "socket">) => string {
  return ({ headers, socket }) => {
    const given = headers[requestIdHeader];
    return typeof given === "string" && pattern.test(given) && isTrusted(socket.remoteAddress ?? "") ? given : randomUUID();
  };
}

/** Tells each client the name of its request. */
export function tellRequestIds(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    // On the answer itself: streams are written without Fastify.
    reply.raw.setHeader(requestIdHeader, request.id);
    done();
  });
}
