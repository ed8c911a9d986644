import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { appendJournal } from "../../journal/journal.ts";
import { setGrants } from "../grants.ts";
import type { Role } from "../roles.ts";
import { findPerson } from "./store.ts";

/** The way by which somebody came in. */
export type Way = "password" | "single sign-on";

/**
 * Lets a person in, or not: who is disabled gets no session. Who comes for the first time has joined from now on; somebody whom
 * nobody invited, and whom the other system sent, then gets `defaultRole` everywhere, if there is one.
 */
export async function admit(trx: Executor, personId: string, way: Way, defaultRole?: Role): Promise<boolean> {
  await trx.selectFrom("people").select("id").where("id", "=", personId).forUpdate().execute();
  const person = await findPerson(trx, personId);
  if (person === undefined || person.disabledAt !== null) return false;
  if (person.joinedAt !== null) return true;
  await markJoined(trx, personId);
  const granted = person.invitedBy === null && defaultRole !== undefined ? [{ environment: null, role: defaultRole }] : [];
  if (granted.length > 0) await setGrants(trx, "person", personId, granted);
  const details = { name: person.name, email: person.email, way, invitedBy: person.invitedBy, ...(granted.length > 0 && { grants: granted }) };
  await appendJournal(trx, { actor: person.email, action: "person.joined", subjectType: "person", subjectId: toPublicId("per", personId), details });
  return true;
}

/** From now on the person is one of those who came in; the invitation is good for nothing any more. */
async function markJoined(trx: Executor, personId: string): Promise<void> {
  await trx.updateTable("people").set({ joinedAt: sql<Date>`now()`, updatedAt: sql<Date>`now()` }).where("id", "=", personId).execute();
  await trx.deleteFrom("signInLinks").where("personId", "=", personId).where("kind", "=", "invitation").where("usedAt", "is", null).execute();
}
