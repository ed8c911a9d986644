import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { placeOf } from "../../access/sign-in/attempts.ts";
import { fail } from "../../errors/problem.ts";

/** How many requests there may be in a minute; 0: any number. */
export interface RateLimits {
  /** Of one principal that only look. */
  readonly reads: number;
  /** Of one principal that change something. */
  readonly writes: number;
}

/** Streams that one principal may hold open at once. */
const mostStreams = 64;
/** An address may be a proxy with many people behind it. */
const peopleBehindAnAddress = 5;
const minute = 60_000;

declare module "fastify" {
  interface FastifyRequest {
    /** Counts this answer as a stream until it ends. Throws rate_limited. */
    holdStream: () => void;
    /** Counts something that this request changes and that its route does not tell of. Throws rate_limited. */
    holdChange: (reply: FastifyReply) => Promise<void>;
  }
}

/** Refuses a request of whoever asks too often. To be called once its principal is known. */
export type HoldToRate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Holds every address to its rate, before anything is looked at, and gives back what holds principals to theirs. Each server
 * counts for itself: several of them together allow as many times more.
 */
export async function limitRates(app: FastifyInstance, { reads, writes }: RateLimits): Promise<HoldToRate> {
  limitStreams(app);
  await app.register(rateLimit, { global: false });
  const limit = (max: number, key: (request: FastifyRequest) => string) => (max === 0 ? undefined : app.createRateLimit({ max, timeWindow: minute, keyGenerator: key }));
  const ofAddress = limit((reads + writes) * peopleBehindAnAddress, ({ ip }) => placeOf(ip));
  const [ofReader, ofWriter] = [limit(reads, whoAsks), limit(writes, whoAsks)];
  if (reads !== 0 && writes !== 0) app.addHook("onRequest", (request, reply) => hold(ofAddress, request, reply));
  app.decorateRequest("holdChange", function holdChange(this: FastifyRequest, reply) {
    return hold(ofWriter, this, reply);
  });
  return (request, reply) => hold(onlyLooks(request) ? ofReader : ofWriter, request, reply);
}

/** Of a permission to read, whatever the method: plans and queries change nothing. GraphQL's mutations are counted one by one. */
function onlyLooks({ method, routeOptions }: FastifyRequest): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method) || routeOptions.config.permission === "read";
}

function whoAsks({ principal, ip }: FastifyRequest): string {
  return principal === undefined ? placeOf(ip) : `${principal.kind} ${principal.id}`;
}

async function hold(limit: ReturnType<FastifyInstance["createRateLimit"]> | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const found = await limit?.(request);
  if (found === undefined || found.isAllowed || !found.isExceeded) return;
  reply.header("retry-after", String(found.ttlInSeconds));
  fail("rate_limited", `more than ${found.max} requests in a minute`, { details: { limit: found.max, retryAfterSeconds: found.ttlInSeconds } });
}

function limitStreams(app: FastifyInstance): void {
  const open = new Map<string, number>();
  app.decorateRequest("holdStream", function holdStream(this: FastifyRequest) {
    const who = whoAsks(this);
    const count = open.get(who) ?? 0;
    if (count >= mostStreams) fail("rate_limited", `more than ${mostStreams} streams of events at once`, { hint: "Close streams that nobody reads, or follow the journal by one for everything.", details: { limit: mostStreams } });
    // Whoever has gone meanwhile holds nothing, and nobody would say once more that they have.
    if (this.raw.socket.destroyed) return;
    open.set(who, count + 1);
    this.raw.once("close", () => {
      const left = (open.get(who) ?? 1) - 1;
      if (left === 0) open.delete(who);
      else open.set(who, left);
    });
  });
}
