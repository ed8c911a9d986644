import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "../../../manifest/canonical-json.ts";
import { ModyardError, type Problem } from "../../../errors/problem.ts";
import { answerUnder } from "../../answer-once.ts";
import { errorToStatus } from "../../error-to-status.ts";
import { claimOrWait, keepAlive } from "../../idempotency-claims.ts";
import { endClaim, rememberAnswer, type Claim } from "../../idempotency-keys.ts";
import { checkKey, claimant } from "../../idempotency.ts";
import type { After } from "../../operations/after.ts";
import type { GraphqlContext } from "../context.ts";

/** What a mutation came to, by identifiers: whoever sends it again may ask for other fields of it. */
export interface Done {
  /** UUID */
  readonly build?: string | undefined;
  /** How a request for a build was answered. */
  readonly outcome?: "queued" | "folded" | "joined" | "done" | "failed" | undefined;
  readonly release?: string | undefined;
  /** UUID */
  readonly deployment?: string | undefined;
}

/** The arguments of a mutation. */
export interface GivenOnce {
  readonly idempotencyKey?: string | null | undefined;
}

const doneStatus = 200;

/**
 * Carries out a mutation, once for each key: what it came to is kept in its own transaction, and is the answer when it is sent again with
 * the same arguments.
 */
export async function once(context: GraphqlContext, mutation: string, given: GivenOnce, act: (keep: After<Done>) => Promise<unknown>): Promise<Done> {
  const { idempotencyKey = null, ...args } = given;
  const key = idempotencyKey === null ? context.idempotencyKey : checkKey(idempotencyKey, "idempotencyKey");
  if (key === undefined) return carryOut(undefined, act);
  const requestHash = createHash("sha256").update(`GraphQL ${mutation}\n${canonicalJson(args)}`).digest("hex");
  return underClaim(context, { key, actor: claimant(context.principal), requestHash, id: randomUUID() }, act);
}

async function carryOut(claim: Claim | undefined, act: (keep: After<Done>) => Promise<unknown>): Promise<Done> {
  const { body } = await answerUnder<Done, typeof doneStatus>(claim, (keep) => act((trx, done) => keep(trx, doneStatus, done)));
  return body;
}

async function underClaim({ plane }: GraphqlContext, claim: Claim, act: (keep: After<Done>) => Promise<unknown>): Promise<Done> {
  const { db } = plane.handle;
  const kept = await claimOrWait(db, claim);
  if (kept.kind === "answered") return again(kept.statusCode, kept.response);
  const heartbeat = keepAlive(db, claim, plane.logger);
  try {
    return await carryOut(claim, act);
  } catch (error) {
    const status = error instanceof ModyardError ? errorToStatus(error.code) : 500;
    // What failed on our side may be tried again with the same key.
    await (error instanceof ModyardError && status < 500 ? rememberAnswer(db, claim, status, JSON.stringify(error.problems)) : endClaim(db, claim));
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

function again(statusCode: number, response: string): Done {
  if (statusCode >= 400) throw new ModyardError(JSON.parse(response) as readonly Problem[]);
  return JSON.parse(response) as Done;
}
