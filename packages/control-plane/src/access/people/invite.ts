import type { Executor } from "../../database/connection.ts";
import { newUuid, toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { setGrants } from "../grants.ts";
import type { Grant } from "../principal.ts";
import { makeLink, type NewLink } from "../sign-in/links.ts";
import type { Person } from "./person.ts";
import { findPersonByEmail, holdPerson } from "./store.ts";

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly actor: string;
  readonly reason: string;
}

/** Adds somebody who has not come in yet, and makes the link by which they choose a password. Throws person_exists. */
export async function invite(trx: Executor, { email, name, grants, actor, reason }: Invitation): Promise<{ readonly person: Person; readonly link: NewLink }> {
  const person = await addPerson(trx, { email, name, invitedBy: actor });
  await setGrants(trx, "person", person.id, grants);
  const link = await makeLink(trx, "invitation", person.id, actor);
  await appendJournal(trx, { actor, action: "person.invited", subjectType: "person", subjectId: toPublicId("per", person.id), reason, details: { name, email: person.email, grants } });
  return { person, link };
}

/** Throws person_exists, also when another adds the same person just now. */
export async function addPerson(trx: Executor, { email, ...rest }: { readonly email: string; readonly name: string; readonly invitedBy: string | null; readonly joinedAt?: Date }): Promise<Person> {
  const plain = email.toLowerCase();
  const id = newUuid();
  const added = await trx.insertInto("people").values({ id, email: plain, ...rest }).onConflict((conflict) => conflict.column("email").doNothing()).returning("id").executeTakeFirst();
  if (added === undefined) fail("person_exists", `there is somebody with the address ${JSON.stringify(plain)}`, { path: "email" });
  return (await findPersonByEmail(trx, plain)) ?? fail("internal", "the new person is not there");
}

/** Makes a link by which a person sets a new password, or takes up the invitation after all. Throws person_disabled. */
export async function renewLink(trx: Executor, who: string, { actor, reason }: { readonly actor: string; readonly reason: string }): Promise<{ readonly person: Person; readonly link: NewLink }> {
  const person = await holdPerson(trx, who);
  if (person.disabledAt !== null) fail("person_disabled", `${person.email} is disabled`);
  const link = await makeLink(trx, person.joinedAt === null ? "invitation" : "reset", person.id, actor);
  await appendJournal(trx, { actor, action: "person.reset_link_made", subjectType: "person", subjectId: toPublicId("per", person.id), reason, details: { email: person.email } });
  return { person, link };
}
