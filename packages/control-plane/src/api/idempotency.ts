import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { principalOf } from "./authenticate.ts";
import { claimKey, endClaim, keepClaim, rememberAnswer, type Claim } from "./idempotency-keys.ts";

const header = "idempotency-key";
const keyPattern = /^[\x21-\x7e]{1,200}$/;
/** How long a repeated request waits for the first one's answer. */
const patienceMs = 10_000;
const pollMs = 50;
const beatMs = 3_000;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The answer holds a secret that is shown once and kept nowhere. */
    readonly tellsSecret?: boolean;
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
    const key = keyOf(request);
    if (key !== undefined) await claimOrRepeat(handle, request, reply, { key, actor: claimant(request), requestHash: hashOf(request), id: randomUUID() });
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
function claimant(request: FastifyRequest): string {
  const { kind, id } = principalOf(request);
  return `${kind} ${id}`;
}

function keyOf(request: FastifyRequest): string | undefined {
  const value = request.headers[header];
  if (request.method !== "POST" || value === undefined) return undefined;
  // To pass over a key that cannot be honoured would do twice what the client means to do once.
  if (typeof value !== "string" || !keyPattern.test(value)) return fail("request_invalid", "the Idempotency-Key must have 1 to 200 visible characters", { path: header });
  return value;
}

function hashOf(request: FastifyRequest): string {
  return createHash("sha256").update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`).digest("hex");
}

/** The first request with the key goes on; another waits for its answer and gives the same, or goes on where the first one died. */
async function claimOrRepeat({ db }: DatabaseHandle, request: FastifyRequest, reply: FastifyReply, claim: Claim): Promise<void> {
  for (const deadline = performance.now() + patienceMs; ; await sleep(pollMs)) {
    const kept = await claimKey(db, claim);
    if (kept.kind === "claimed") {
      const heartbeat = setInterval(() => void keepClaim(db, claim).catch((error: unknown) => request.log.warn({ err: error }, "the heartbeat of an answer failed")), beatMs);
      request.claim = { ...claim, heartbeat };
      return;
    }
    if (kept.kind === "other") fail("idempotency_key_reused", `the Idempotency-Key ${JSON.stringify(claim.key)} was used for another request`);
    if (kept.kind === "answered") {
      reply.header("idempotent-replayed", "true");
      await reply.status(kept.statusCode).type(kept.statusCode >= 400 ? "application/problem+json" : "application/json").send(kept.response);
      return;
    }
    if (performance.now() > deadline) fail("idempotency_in_progress", "the first request with this Idempotency-Key has not been answered yet");
  }
}

async function remember({ db }: DatabaseHandle, claim: Claim, statusCode: number, response: string): Promise<void> {
  // What failed on our side may be tried again with the same key.
  if (statusCode >= 500) await endClaim(db, claim);
  else await rememberAnswer(db, claim, statusCode, response);
}
