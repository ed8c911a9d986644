import type { DatabaseHandle, Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { admit } from "../people/admit.ts";
import type { Person } from "../people/person.ts";
import { findPerson } from "../people/store.ts";
import { findLink, useLink, type Link, type LinkKind } from "./links.ts";
import { assertFit, hash, savePassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

/** What a link says to who opens it. */
export interface LinkFacts {
  readonly kind: LinkKind;
  /** Whom it is for; null: for the first owner. */
  readonly person: Person | null;
  readonly expiresAt: Date;
}

/** Throws link_not_valid. */
export async function readLink({ db }: DatabaseHandle, token: string): Promise<LinkFacts> {
  const { kind, personId, expiresAt } = await findLink(db, token);
  return { kind, expiresAt, person: personId === null ? null : await personOf(db, personId) };
}

/** Sets a person's password by a link, and ends the sessions there were. Throws link_not_valid, password_unfit. */
export async function takeLink(handle: DatabaseHandle, token: string, password: string): Promise<Person> {
  const { person } = await readLink(handle, token);
  if (person === null) return fail("link_not_valid", "this link is one for the first owner");
  assertFit(password, person);
  const passwordHash = await hash(password);
  await handle.db.transaction().execute(async (trx) => change(trx, await useLink(trx, token, ["invitation", "reset"]), person, passwordHash));
  return person;
}

async function change(trx: Executor, { kind }: Link, { id, email }: Person, passwordHash: string): Promise<void> {
  if (!(await admit(trx, id, "password"))) fail("link_not_valid", "who this link is for may not come in any more");
  await savePassword(trx, id, passwordHash);
  const sessionsEnded = await endSessions(trx, id);
  await appendJournal(trx, { actor: email, action: "person.password_changed", subjectType: "person", subjectId: toPublicId("per", id), details: { email, by: `${kind} link`, sessionsEnded } });
}

async function personOf(db: Executor, id: string): Promise<Person> {
  return (await findPerson(db, id)) ?? fail("link_not_valid", "nobody is behind this link any more");
}
