import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller, SignedIn, SignIn } from "../../access/sign-in/sign-in.ts";
import { assertSameOrigin } from "./same-origin.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The session that a browser's cookie names; undefined for programs, which have tokens. */
    signedIn: SignedIn | undefined;
  }
}

/** Who a request's cookie is for; undefined when it has none that is good. Throws foreign_origin for what another site's page sent. */
export async function recognizeSession(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined> {
  const { cookie } = request.headers;
  if (cookie === undefined || !signIn.isNamedIn(cookie)) return undefined;
  assertSameOrigin(request, signIn.publicUrl, true);
  const found = await signIn.find(cookie);
  request.signedIn = found;
  if (found !== undefined) setCookies(reply, found.setCookies);
  return found;
}

/** Adds cookies to an answer, which must then be kept by nobody in between. */
export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) reply.header("set-cookie", [...cookies]).header("cache-control", "no-store");
}

/** The browser behind a request. */
export function callerOf({ ip, headers }: FastifyRequest): Caller {
  return { address: ip, cookie: headers.cookie, agent: headers["user-agent"]?.slice(0, 300) };
}
