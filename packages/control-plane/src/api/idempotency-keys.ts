import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";

/** One request's right to answer under a key. */
export interface Claim {
  readonly key: string;
  readonly actor: string;
  /** SHA-256 over method, address and body. */
  readonly requestHash: string;
  /** Tells this request from every other under the key. */
  readonly id: string;
}

/** What a key is to a request that comes with it. */
export type KeyState =
  | { readonly kind: "claimed" }
  | { readonly kind: "answered"; readonly statusCode: number; readonly response: string }
  /** The first request is being answered. */
  | { readonly kind: "awaited" }
  /** It belongs to another request. */
  | { readonly kind: "other" };

/** Who answered nothing and did not say that they still live for so long, in seconds, died. */
const abandonedSeconds = 10;

/**
 * Claims the key, unless a request has it already: then says how far that is. A key goes to the next request of its kind when its holder
 * died, and to any after a day.
 */
export async function claimKey(db: Executor, claim: Claim): Promise<KeyState> {
  const { key, actor, requestHash, id } = claim;
  const { rows } = await sql`
    insert into idempotency_keys as known (key, actor, request_hash, claim) values (${key}, ${actor}, ${requestHash}, ${id})
    on conflict (actor, key) do update
      set request_hash = excluded.request_hash, claim = excluded.claim, claimed_at = now(), created_at = now(), status_code = null, response = null
      where known.created_at < now() - interval '1 day'
        or (known.status_code is null and known.request_hash = excluded.request_hash and known.claimed_at < now() - make_interval(secs => ${abandonedSeconds}))
    returning known.key`.execute(db);
  if (rows.length > 0) return { kind: "claimed" };
  // Given up in this moment: the next attempt claims it.
  return (await readKey(db, claim)) ?? { kind: "awaited" };
}

/** How far the request is that has the key; undefined when the key may be claimed. */
export async function readKey(db: Executor, { key, actor, requestHash }: Claim): Promise<Exclude<KeyState, { readonly kind: "claimed" }> | undefined> {
  const known = await db
    .selectFrom("idempotencyKeys")
    .select(["requestHash", "statusCode", "response", sql<boolean>`claimed_at < now() - make_interval(secs => ${abandonedSeconds})`.as("isAbandoned")])
    .where("actor", "=", actor)
    .where("key", "=", key)
    .where("createdAt", ">=", sql<Date>`now() - interval '1 day'`)
    .executeTakeFirst();
  if (known === undefined) return undefined;
  if (known.requestHash !== requestHash) return { kind: "other" };
  if (known.statusCode === null && known.isAbandoned) return undefined;
  return known.statusCode === null ? { kind: "awaited" } : { kind: "answered", statusCode: known.statusCode, response: known.response ?? "" };
}

/** Heartbeat. */
export async function keepClaim(db: Executor, claim: Claim): Promise<void> {
  await sql`update idempotency_keys set claimed_at = now() where actor = ${claim.actor} and key = ${claim.key} and claim = ${claim.id} and status_code is null`.execute(db);
}

/** Keeps the answer. False: the claim is another's by now. */
export async function rememberAnswer(db: Executor, claim: Claim, statusCode: number, response: string): Promise<boolean> {
  const kept = await db
    .updateTable("idempotencyKeys")
    .set({ statusCode, response })
    .where("actor", "=", claim.actor)
    .where("key", "=", claim.key)
    .where("claim", "=", claim.id)
    .where((eb) => eb.or([eb("statusCode", "is", null), eb("statusCode", "=", statusCode)]))
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}

/** Gives the key up, unless an answer was kept. */
export async function endClaim(db: Executor, claim: Claim): Promise<void> {
  await db.deleteFrom("idempotencyKeys").where("actor", "=", claim.actor).where("key", "=", claim.key).where("claim", "=", claim.id).where("statusCode", "is", null).execute();
}
