import type { FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import { findToken, principalOfToken, type FoundToken } from "../access/tokens/find.ts";
import type { LastUse } from "../access/tokens/last-use.ts";
import type { SignIn } from "../access/sign-in/sign-in.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { recognizeSession } from "./sign-in/recognize-session.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set for every route below /admin. */
    principal: Principal | undefined;
  }
}

/** What is needed to know who asks. */
export interface Recognition {
  readonly handle: DatabaseHandle;
  readonly lastUse: LastUse;
  readonly signIn: SignIn;
}

/** Refuses a request without a bearer token or a session's cookie that is good; remembers whose it is. */
export async function authenticate({ handle, lastUse, signIn }: Recognition, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.headers.authorization === undefined && (await isSignedIn(signIn, request, reply))) return;
  const [, text] = /^Bearer +([\w-]{10,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  reply.header("www-authenticate", "Bearer");
  if (text === undefined) return fail("unauthenticated", "the request carries neither a bearer token nor the cookie of a session that is good");
  const found = await findToken(handle.db, text);
  if (found.kind !== "active") return refuse(text, found);
  reply.removeHeader("www-authenticate");
  lastUse.note(found.token);
  request.principal = principalOfToken(found.token);
  request.recognizeAgain = async () => {
    const again = await findToken(handle.db, text);
    return again.kind === "active" ? principalOfToken(again.token) : undefined;
  };
}

async function isSignedIn(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const found = await recognizeSession(signIn, request, reply);
  if (found === undefined) return false;
  const { cookie = "" } = request.headers;
  request.principal = found.principal;
  request.recognizeAgain = async () => (await signIn.find(cookie, false))?.principal;
  return true;
}

/** Says why a token is good for nothing: whoever holds it learns nothing by it that they could use. */
function refuse(text: string, found: FoundToken): never {
  if (!("token" in found)) {
    if (found.kind === "misspelt" && text.startsWith("mya_")) fail("token_misspelt", "the checksum at the end of the token does not agree with the rest of it");
    return fail("unauthenticated", "the token is not known");
  }
  const { name, expiresAt, revokedAt } = found.token;
  if (found.kind === "expired") fail("token_expired", `the token ${JSON.stringify(name)} ended${expiresAt === null ? "" : ` at ${expiresAt.toISOString()}`}`);
  if (found.kind === "revoked") fail("token_revoked", `the token ${JSON.stringify(name)} was revoked${revokedAt === null ? "" : ` at ${revokedAt.toISOString()}`}`);
  return fail("token_suspended", `the person whose token ${JSON.stringify(name)} is may not come in any more`);
}

/** Who asks. To be called below /admin only, where nobody comes without. */
export function principalOf(request: FastifyRequest): Principal {
  return request.principal ?? fail("unauthenticated", "the request carries no credentials");
}

/** The name of who asks. */
export function actorOf(request: FastifyRequest): string {
  return principalOf(request).name;
}
