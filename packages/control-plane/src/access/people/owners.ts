import type { Executor } from "../../database/connection.ts";
import { lockUntilEnd } from "../../database/locks.ts";
import { fail } from "../../errors/problem.ts";

/** Whoever changes who is owner waits here, so that two owners cannot each take the other's place away. */
export function lockOwners(trx: Executor): Promise<void> {
  return lockUntilEnd(trx, "owners");
}

/** Whether there is a person who can come in and is owner everywhere. Tokens do not count: they are nobody. */
export async function hasOwner(db: Executor): Promise<boolean> {
  const row = await db
    .selectFrom("grants")
    .innerJoin("people", (join) => join.on((eb) => eb(eb.cast<string>("people.id", "text"), "=", eb.ref("grants.principalId"))))
    .select("people.id")
    .where("grants.principalKind", "=", "person")
    .where("grants.role", "=", "owner")
    .where("grants.environment", "is", null)
    .where("people.joinedAt", "is not", null)
    .where("people.disabledAt", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * After a change to a person's state or grants, in its transaction and under `lockOwners`: throws last_owner when it took the last
 * owner away. `hadOwner` is what `hasOwner` said before.
 */
export async function assertOwnerLeft(trx: Executor, hadOwner: boolean): Promise<void> {
  if (hadOwner && !(await hasOwner(trx))) fail("last_owner", "nobody who can sign in would be owner any more");
}
