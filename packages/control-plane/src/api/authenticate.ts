import type { FastifyReply, FastifyRequest } from "fastify";
import { findTokenOwner, type TokenOwner } from "../access/tokens.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set for every route below /admin. */
    owner: TokenOwner | undefined;
  }
}

/** Refuses a request without a valid bearer token; remembers whose it is. */
export async function authenticate(handle: DatabaseHandle, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const [, token] = /^Bearer +([\w-]{10,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  const owner = token === undefined ? undefined : await findTokenOwner(handle.db, token);
  if (owner === undefined) {
    reply.header("www-authenticate", "Bearer");
    fail("unauthenticated", token === undefined ? "the request carries no bearer token" : "the token is not known");
  }
  request.owner = owner;
}

/** The name of who asks. */
export function actorOf(request: FastifyRequest): string {
  return request.owner?.name ?? "unknown";
}
