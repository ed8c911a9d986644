import { createHash, randomUUID, scrypt, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { principalOf } from "./authenticate.ts";
import { claimOrWait, keepAlive } from "./idempotency-claims.ts";
import { endClaim, rememberAnswer, type Claim } from "./idempotency-keys.ts";

const header = "idempotency-key";
const keyPattern = /^[\x21-\x7e]{1,200}$/;

/** As much as for the passwords themselves: see `passwords.ts`. */
const scryptCost: ScryptOptions = { N: 16_384, r: 16, p: 1, maxmem: 64 * 2 ** 20 };
const scryptAsync = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

declare module "fastify" {
  interface FastifyContextConfig {
    /** The answer holds a secret that is shown once and kept nowhere. */
    readonly tellsSecret?: boolean;
    /** The request holds a password: nothing is kept of it by which that could be found out. */
    readonly takesSecret?: boolean;
  }
  interface FastifyRequest {
    /** The Idempotency-Key under which this request's answer is to be remembered. */
    claim: (Claim & { readonly heartbeat: NodeJS.Timeout }) | undefined;
  }
}

/** Gives a repeated POST with the same Idempotency-Key the first one's answer, instead of doing it again. */
export function honourIdempotencyKeys(app: FastifyInstance, handle: DatabaseHandle): void {
  app.decorateRequest("claim", undefined);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.method === "POST" ? idempotencyKeyOf(request) : undefined;
    if (key === undefined) return;
    const actor = claimant(principalOf(request));
    await claimOrRepeat(handle, request, reply, { key, actor, requestHash: await hashOf(request, `${actor} ${key}`), id: randomUUID() });
  });
  app.addHook("onSend", async (request, reply, payload) => {
    // An answer that tells a secret is not kept: the route kept what may be told again, with what it did.
    const isSecret = reply.request.routeOptions.config.tellsSecret === true && reply.statusCode < 300;
    if (request.claim !== undefined && !isSecret) await remember(handle, request.claim, reply.statusCode, typeof payload === "string" ? payload : "");
    return payload;
  });
  app.addHook("onResponse", (request, _reply, done) => {
    clearInterval(request.claim?.heartbeat);
    done();
  });
}

/** Two people of one name do not share their keys. */
export function claimant({ kind, id }: Principal): string {
  return `${kind} ${id}`;
}

/** The key that a request's header gives. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const value = request.headers[header];
  return value === undefined ? undefined : checkKey(value, header);
}

/** Refuses a key that cannot be honoured: to pass over it would do twice what the client means to do once. */
export function checkKey(value: unknown, path: string): string {
  if (typeof value === "string" && keyPattern.test(value)) return value;
  return fail("request_invalid", "the Idempotency-Key must have 1 to 200 visible characters", { path });
}

/** Tells one request from another. Of one with a password it takes as long to work out as a password's own hash does. */
async function hashOf(request: FastifyRequest, salt: string): Promise<string> {
  const text = `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`;
  if (request.routeOptions.config.takesSecret !== true) return createHash("sha256").update(text).digest("hex");
  const slow = await scryptAsync(text, salt, 32, scryptCost);
  return `scrypt ${slow.toString("hex")}`;
}

/** The first request with the key goes on; another gets the same answer. */
async function claimOrRepeat({ db }: DatabaseHandle, request: FastifyRequest, reply: FastifyReply, claim: Claim): Promise<void> {
  const kept = await claimOrWait(db, claim);
  if (kept.kind === "claimed") {
    request.claim = { ...claim, heartbeat: keepAlive(db, claim, request.log) };
    return;
  }
  reply.header("idempotent-replayed", "true");
  await reply.status(kept.statusCode).type(kept.statusCode >= 400 ? "application/problem+json" : "application/json").send(kept.response);
}

async function remember({ db }: DatabaseHandle, claim: Claim, statusCode: number, response: string): Promise<void> {
  // What failed on our side may be tried again with the same key.
  if (statusCode >= 500) await endClaim(db, claim);
  else await rememberAnswer(db, claim, statusCode, response);
}
