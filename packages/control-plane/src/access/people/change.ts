import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { appendJournal, type JournalAction } from "../../journal/journal.ts";
import { assertOwnerLeft, hasOwner, lockOwners } from "./owners.ts";
import type { Person } from "./person.ts";
import { findPerson, holdPerson } from "./store.ts";

/** What is to be other than it is; what is left out stays. */
export interface PersonChange {
  readonly name?: string | undefined;
  /** True ends all sessions at once, and stops the person's tokens until the person is enabled again. */
  readonly disabled?: boolean | undefined;
}

interface Changer {
  readonly actor: string;
  readonly reason: string;
}

/** Changes a person; what is so already is no change. Throws person_not_found, last_owner. */
export async function changePerson(trx: Executor, who: string, change: PersonChange, changer: Changer): Promise<Person> {
  await lockOwners(trx);
  const hadOwner = await hasOwner(trx);
  const person = await holdPerson(trx, who);
  if (change.name !== undefined && change.name !== person.name) await rename(trx, person, change.name, changer);
  if (change.disabled === true && person.disabledAt === null) await disable(trx, person, changer);
  if (change.disabled === false && person.disabledAt !== null) await enable(trx, person, changer);
  await assertOwnerLeft(trx, hadOwner);
  return (await findPerson(trx, person.id)) ?? person;
}

async function rename(trx: Executor, person: Person, name: string, changer: Changer): Promise<void> {
  await trx.updateTable("people").set({ name, updatedAt: sql<Date>`now()` }).where("id", "=", person.id).execute();
  await tell(trx, "person.changed", person, changer, { name: { from: person.name, to: name } });
}

async function disable(trx: Executor, person: Person, changer: Changer): Promise<void> {
  await trx.updateTable("people").set({ disabledAt: sql<Date>`now()`, updatedAt: sql<Date>`now()` }).where("id", "=", person.id).execute();
  const ended = await forgetEntrances(trx, person.id);
  await tell(trx, "person.disabled", person, changer, { sessionsEnded: ended });
}

async function enable(trx: Executor, person: Person, changer: Changer): Promise<void> {
  await trx.updateTable("people").set({ disabledAt: null, updatedAt: sql<Date>`now()` }).where("id", "=", person.id).execute();
  // A sign-in that was under way when the person was disabled may have left a session that nobody could use so far.
  await forgetEntrances(trx, person.id);
  await tell(trx, "person.enabled", person, changer, {});
}

/** Sessions, and links that were not used yet. */
async function forgetEntrances(trx: Executor, personId: string): Promise<number> {
  await trx.deleteFrom("signInLinks").where("personId", "=", personId).where("usedAt", "is", null).execute();
  const { numDeletedRows } = await trx.deleteFrom("sessions").where("personId", "=", personId).executeTakeFirst();
  return Number(numDeletedRows);
}

function tell(trx: Executor, action: JournalAction, { id, email }: Person, { actor, reason }: Changer, details: Readonly<Record<string, unknown>>): Promise<void> {
  return appendJournal(trx, { actor, action, subjectType: "person", subjectId: toPublicId("per", id), reason, details: { email, ...details } });
}
