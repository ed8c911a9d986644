import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import type { Executor } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { claimKey, keepClaim, readKey, type Claim, type KeyState } from "./idempotency-keys.ts";

/** How long a repeated request waits for the first one's answer. */
const patienceMs = 10_000;
const pollMs = 50;
const beatMs = 3_000;

/** The first request with the key goes on; another waits for its answer, or goes on where the first one died. */
export async function claimOrWait(db: Executor, claim: Claim): Promise<Extract<KeyState, { readonly kind: "claimed" | "answered" }>> {
  let kept: KeyState = await claimKey(db, claim);
  for (const deadline = performance.now() + patienceMs; ; kept = await lookAgain(db, claim)) {
    if (kept.kind === "claimed" || kept.kind === "answered") return kept;
    if (kept.kind === "other") fail("idempotency_key_reused", `the Idempotency-Key ${JSON.stringify(claim.key)} was used for another request`);
    if (performance.now() > deadline) fail("idempotency_in_progress", "the first request with this Idempotency-Key has not been answered yet");
  }
}

/** Later, and by reading alone: who waits locks no row that the first request is about to answer in. */
async function lookAgain(db: Executor, claim: Claim): Promise<KeyState> {
  await sleep(pollMs);
  return (await readKey(db, claim)) ?? claimKey(db, claim);
}

/** Says again and again that who answers lives, until the timer is cleared. */
export function keepAlive(db: Executor, claim: Claim, log: Pick<FastifyBaseLogger, "warn">): NodeJS.Timeout {
  return setInterval(() => void keepClaim(db, claim).catch((error: unknown) => log.warn({ err: error }, "the heartbeat of an answer failed")), beatMs);
}
