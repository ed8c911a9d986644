import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { newUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";

/** What a one-time link is for: the first owner, somebody who was invited, somebody who forgot the password. */
export type LinkKind = "setup" | "invitation" | "reset";

/** Hours for which each is good. */
const hours: Readonly<Record<LinkKind, number>> = { setup: 24, invitation: 7 * 24, reset: 24 };

export interface NewLink {
  /** Told once, here; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** A link that is still good. */
export interface Link {
  readonly id: string;
  readonly kind: LinkKind;
  readonly personId: string | null;
  readonly expiresAt: Date;
}

/** Makes a link with 256 random bits. A newer one of a person takes the place of those before. */
export async function makeLink(trx: Executor, kind: LinkKind, personId: string | null, createdBy: string): Promise<NewLink> {
  const token = randomBytes(32).toString("base64url");
  if (personId !== null) await trx.deleteFrom("signInLinks").where("personId", "=", personId).where("usedAt", "is", null).execute();
  const { expiresAt } = await trx
    .insertInto("signInLinks")
    .values({ id: newUuid(), kind, personId, hash: hashOf(token), createdBy, expiresAt: sql<Date>`now() + make_interval(hours => ${hours[kind]})` })
    .returning("expiresAt")
    .executeTakeFirstOrThrow();
  return { token, expiresAt };
}

/** The link of this token. Throws link_not_valid when it is unknown, used or too old: which of them is nobody's business. */
export async function findLink(db: Executor, token: string): Promise<Link> {
  const row = await db
    .selectFrom("signInLinks")
    .select(["id", "kind", "personId", "expiresAt"])
    .where("hash", "=", hashOf(token))
    .where(isGood)
    .executeTakeFirst();
  return row === undefined ? refuse() : { ...row, kind: row.kind as LinkKind };
}

/** Uses the link up, in the transaction of what it is used for. Of two at once one waits here, and then finds it used. */
export async function useLink(trx: Executor, token: string, kinds: readonly LinkKind[]): Promise<Link> {
  const row = await trx
    .updateTable("signInLinks")
    .set({ usedAt: sql<Date>`now()` })
    .where("hash", "=", hashOf(token))
    .where("kind", "in", kinds)
    .where(isGood)
    .returning(["id", "kind", "personId", "expiresAt"])
    .executeTakeFirst();
  return row === undefined ? refuse() : { ...row, kind: row.kind as LinkKind };
}

const isGood = sql<boolean>`used_at is null and expires_at > now()`;

function refuse(): never {
  return fail("link_not_valid", "this link was used, has expired, or was replaced by a newer one");
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
