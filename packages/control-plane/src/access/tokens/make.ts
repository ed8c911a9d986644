import type { Executor } from "../../database/connection.ts";
import { newUuid, toPublicId } from "../../database/identifiers.ts";
import { lockUntilEnd } from "../../database/locks.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { assertWithin } from "../bound.ts";
import { setGrants } from "../grants.ts";
import { personOf, type Grant, type Principal } from "../principal.ts";
import { readTokens, type Token } from "./lineage.ts";
import { livingTokens } from "./living.ts";
import { hashToken, newTokenText, previewOf } from "./text.ts";

/** A token that somebody wants. */
export interface TokenWish {
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Never, when it is not given and its maker does not end either. */
  readonly expiresAt?: Date | undefined;
  readonly reason?: string | undefined;
}

/** The text of a new token is told once, here; only its hash is kept. */
export interface MadeToken {
  readonly text: string;
  readonly token: Token;
}

/** The journal names Modyard itself and the data directory's token so: nobody else is to be taken for them. */
const reserved = ["admin", "modyard"];

/** Of one person, or of nobody together. More are a program that forgets what it made. */
const mostLiving = 100;

/**
 * Makes a token for who asks: a person's belongs to them, a token's to whom that token belongs. It is given nothing that its maker
 * does not have, and does not outlive it. Throws token_exceeds_maker, token_name_taken, token_limit_reached.
 */
export async function makeToken(trx: Executor, maker: Principal, { name, grants, expiresAt, reason = "" }: TokenWish): Promise<MadeToken> {
  assertWithin(grants, maker);
  const [from] = maker.kind === "token" ? await readTokens(trx, [maker.id]) : [];
  const personId = personOf(maker) ?? null;
  await assertRoomFor(trx, personId, name);
  const row = { name, personId, madeWithToken: from?.id ?? null, createdBy: maker.name, expiresAt: endOf(from, expiresAt) };
  return insertToken(trx, row, grants, { actor: maker.name, reason });
}

/** A token that nobody made: the data directory's own. */
export function makeOwnToken(trx: Executor, name: string): Promise<MadeToken> {
  return insertToken(trx, { name, personId: null, madeWithToken: null, createdBy: "modyard", expiresAt: null }, [{ environment: null, role: "owner" }], { actor: "modyard", reason: "" });
}

interface TokenRow {
  readonly name: string;
  readonly personId: string | null;
  readonly madeWithToken: string | null;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
}

async function insertToken(trx: Executor, row: TokenRow, grants: readonly Grant[], { actor, reason }: { readonly actor: string; readonly reason: string }): Promise<MadeToken> {
  const text = newTokenText();
  const id = newUuid();
  await trx.insertInto("tokens").values({ ...row, id, hash: hashToken(text), preview: previewOf(text) }).execute();
  await setGrants(trx, "token", id, grants);
  const details = { name: row.name, grants, expiresAt: row.expiresAt, personId: row.personId };
  await appendJournal(trx, { actor, action: "token.created", subjectType: "token", subjectId: toPublicId("tok", id), reason, details });
  const [token] = await readTokens(trx, [id]);
  return token === undefined ? fail("internal", "the new token is not there") : { text, token };
}

/** Two requests at once: the second waits here, and then sees the first one's token. */
async function assertRoomFor(trx: Executor, personId: string | null, name: string): Promise<void> {
  await lockUntilEnd(trx, `tokens of ${personId ?? "nobody"}`);
  const living = await livingTokens(trx, personId);
  if (reserved.includes(name.toLowerCase()) || living.some((each) => each.name === name)) fail("token_name_taken", `the name ${JSON.stringify(name)} is taken`, { path: "name" });
  if (living.length >= mostLiving) fail("token_limit_reached", `there are ${living.length} tokens that are still good`);
}

function endOf(from: Token | undefined, expiresAt: Date | undefined): Date | null {
  const last = from?.expiresAt ?? null;
  if (last !== null && expiresAt !== undefined && expiresAt > last) {
    fail("token_exceeds_maker", `the token that makes it ends at ${last.toISOString()}`, { path: "expires_at" });
  }
  return expiresAt ?? last;
}
