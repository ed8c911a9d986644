import { sql } from "kysely";
import type { DatabaseHandle, Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { setGrants } from "../grants.ts";
import { addPerson } from "../people/invite.ts";
import { hasOwner, lockOwners } from "../people/owners.ts";
import type { Person } from "../people/person.ts";
import { findLink, makeLink, useLink, type NewLink } from "./links.ts";
import { assertFit, hash, savePassword } from "./passwords.ts";

/** Who becomes the first owner. */
export interface FirstOwner {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/**
 * A link for the first owner, while there is none. Earlier ones stay good until they expire or somebody used one of them: several
 * servers that start together each print theirs.
 */
export async function provideSetupLink({ db }: DatabaseHandle): Promise<NewLink | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockOwners(trx);
    if (await hasOwner(trx)) return undefined;
    await trx.deleteFrom("signInLinks").where("kind", "=", "setup").where("expiresAt", "<", sql<Date>`now()`).execute();
    return makeLink(trx, "setup", null, "modyard");
  });
}

/** Makes the first owner. Of two at once one does, the other hears setup_done. Throws link_not_valid, password_unfit, person_exists. */
export async function setUp({ db }: DatabaseHandle, token: string, owner: FirstOwner): Promise<Person> {
  const { kind } = await findLink(db, token);
  if (kind !== "setup") fail("link_not_valid", "this link is not one for the first owner");
  assertFit(owner.password, owner);
  const passwordHash = await hash(owner.password);
  return db.transaction().execute((trx) => makeOwner(trx, token, owner, passwordHash));
}

async function makeOwner(trx: Executor, token: string, { email, name }: FirstOwner, passwordHash: string): Promise<Person> {
  await lockOwners(trx);
  if (await hasOwner(trx)) fail("setup_done", "somebody else became the first owner");
  await useLink(trx, token, ["setup"]);
  const person = await addPerson(trx, { email, name, invitedBy: null, joinedAt: new Date() });
  await savePassword(trx, person.id, passwordHash);
  await setGrants(trx, "person", person.id, [{ environment: null, role: "owner" }]);
  await trx.deleteFrom("signInLinks").where("kind", "=", "setup").where("usedAt", "is", null).execute();
  await appendJournal(trx, { actor: person.email, action: "person.joined", subjectType: "person", subjectId: toPublicId("per", person.id), details: { name, email: person.email, way: "setup", grants: [{ environment: null, role: "owner" }] } });
  return person;
}
