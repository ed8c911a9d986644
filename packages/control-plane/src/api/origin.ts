import type { FastifyInstance, FastifyRequest } from "fastify";
import { withOrigin, type Origin } from "../journal/origin.ts";
import { askedOf } from "./asked.ts";

/**
 * Lets every entry of the journal tell which request it comes from. Twice, because the reading of a body goes on where its bytes came
 * in and not where the request began.
 */
export function tellOrigins(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => withOrigin(originOf(request), done));
  app.addHook("preHandler", (request, _reply, done) => withOrigin(originOf(request), done));
}

/** Looked at when there is an entry: most requests write none, and who asks is known only after a while. */
function originOf(request: FastifyRequest): Origin {
  return {
    requestId: request.id,
    address: plainAddress(request.ip),
    get principal() {
      const { principal } = request;
      return principal === undefined ? undefined : { kind: principal.kind, id: principal.id, name: principal.name };
    },
    get asked() {
      return askedOf(request);
    },
  };
}

/** An IPv4 address that came over an IPv6 socket reads as one; a Unix socket has none. */
function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/, "");
}
