import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { appendJournal } from "../../journal/journal.ts";
import { grantsOf, setGrants } from "../grants.ts";
import type { Grant } from "../principal.ts";
import { assertOwnerLeft, hasOwner, lockOwners } from "./owners.ts";
import type { Person } from "./person.ts";
import { holdPerson } from "./store.ts";

/** Says what a person may do; their tokens follow. Throws last_owner, person_not_found. */
export async function changePersonGrants(trx: Executor, { actor, person: text, grants, reason }: { readonly actor: string; readonly person: string; readonly grants: readonly Grant[]; readonly reason: string }): Promise<Person> {
  await lockOwners(trx);
  const person = await holdPerson(trx, text);
  const hadOwner = await hasOwner(trx);
  const from = await grantsOf(trx, "person", person.id);
  await setGrants(trx, "person", person.id, grants);
  await assertOwnerLeft(trx, hadOwner);
  await appendJournal(trx, { actor, action: "person.grants_changed", subjectType: "person", subjectId: toPublicId("per", person.id), reason, details: { name: person.name, from, to: grants } });
  return person;
}
