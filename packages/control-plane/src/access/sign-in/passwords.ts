import { hashPassword, verifyPassword } from "better-auth/crypto";
import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { newUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { passwordLength } from "./options.ts";

/** The library's name for passwords among the ways to sign in. */
const passwordProvider = "credential";

/** What a password is compared with, so that nobody takes what everybody who knows the person would try first. */
interface Owner {
  readonly email: string;
  readonly name: string;
}

/** Refuses by password_unfit what is too short, too long, one character over and over, or the person's own name or address. */
export function assertFit(password: string, { email, name: ownName }: Owner): void {
  const length = [...password].length;
  if (length < passwordLength.least) refuse(`the password has ${length} characters; it takes ${passwordLength.least}`);
  if (password.length > passwordLength.most) refuse(`the password is longer than ${passwordLength.most} characters`);
  if (new Set(password).size < 5) refuse("the password repeats a few characters only");
  const plain = password.toLowerCase();
  if ([email, ownName.toLowerCase(), email.split("@")[0] ?? ""].some((each) => each.length >= 4 && plain.replaceAll(each, "").length < 6)) refuse("the password is little more than the name or the e-mail address");
}

function refuse(why: string): never {
  return fail("password_unfit", why, { path: "password" });
}

/** The slow part, before a transaction is opened for `savePassword`. */
export function hash(password: string): Promise<string> {
  return hashPassword(password);
}

/** Puts a password in the place of the one before, if there was one. */
export async function savePassword(trx: Executor, personId: string, passwordHash: string): Promise<void> {
  await trx
    .insertInto("credentials")
    .values({ id: newUuid(), personId, providerId: passwordProvider, accountId: personId, password: passwordHash })
    .onConflict((conflict) => conflict.columns(["providerId", "accountId"]).doUpdateSet({ password: passwordHash, updatedAt: sql<Date>`now()` }))
    .execute();
}

/** Whether this is the person's password; false too for who has none. */
export async function isPassword(db: Executor, personId: string, password: string): Promise<boolean> {
  const row = await db.selectFrom("credentials").select("password").where("providerId", "=", passwordProvider).where("accountId", "=", personId).executeTakeFirst();
  return row?.password !== undefined && row.password !== null && verifyPassword({ hash: row.password, password });
}
