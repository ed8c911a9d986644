import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import type { Person } from "./person.ts";

const columns = ["id", "name", "email", "invitedBy", "joinedAt", "disabledAt", "createdAt"] as const;

export function findPerson(db: Executor, id: string): Promise<Person | undefined> {
  return db.selectFrom("people").select(columns).where("id", "=", id).executeTakeFirst();
}

export function findPersonByEmail(db: Executor, email: string): Promise<Person | undefined> {
  return db.selectFrom("people").select(columns).where("email", "=", email.toLowerCase()).executeTakeFirst();
}

/** By identifier or e-mail address. Throws person_not_found. */
export async function getPerson(db: Executor, text: string): Promise<Person> {
  const id = toUuid("per", text);
  const found = await (id === undefined ? findPersonByEmail(db, text) : findPerson(db, id));
  return found ?? fail("person_not_found", `there is nobody by ${JSON.stringify(text)}`);
}

/** The same, and nobody else changes the person until the transaction ends. */
export async function holdPerson(trx: Executor, text: string): Promise<Person> {
  const { id } = await getPerson(trx, text);
  return trx.selectFrom("people").select(columns).where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
}

/** Newest first; `before`: those that came before the person with this id. */
export function listPeople(db: Executor, { limit, before }: { readonly limit: number; readonly before?: string | undefined }): Promise<readonly Person[]> {
  let select = db.selectFrom("people").select(columns);
  if (before !== undefined) select = select.where("id", "<", before);
  return select.orderBy("id", "desc").limit(limit).execute();
}
