import type { FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import { findTokenPrincipal } from "../access/tokens.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set for every route below /admin. */
    principal: Principal | undefined;
  }
}

/** Refuses a request without a valid bearer token; remembers whose it is. */
export async function authenticate(handle: DatabaseHandle, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const [, token] = /^Bearer +([\w-]{10,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  const principal = token === undefined ? undefined : await findTokenPrincipal(handle.db, token);
  if (principal === undefined) {
    reply.header("www-authenticate", "Bearer");
    fail("unauthenticated", token === undefined ? "the request carries no bearer token" : "the token is not known");
  }
  request.principal = principal;
}

/** Who asks. To be called below /admin only, where nobody comes without. */
export function principalOf(request: FastifyRequest): Principal {
  return request.principal ?? fail("unauthenticated", "the request carries no credentials");
}

/** The name of who asks. */
export function actorOf(request: FastifyRequest): string {
  return principalOf(request).name;
}
