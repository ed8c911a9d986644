import type { DatabaseHandle } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { getPerson } from "../people/store.ts";
import { countAttempt, forgiveAttempt } from "./attempts.ts";
import { assertFit, hash, isPassword, savePassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

export interface PasswordChange {
  readonly personId: string;
  /** The session that stays. */
  readonly sessionId: string;
  readonly address: string;
  readonly current: string;
  readonly next: string;
}

/**
 * Gives a person another password, who knows the present one, and ends the other sessions; resolves with how many. Whoever sits at
 * somebody else's screen must not find the password by trying: attempts count as those to sign in do.
 */
export async function changePassword({ db }: DatabaseHandle, { personId, sessionId, address, current, next }: PasswordChange): Promise<number> {
  const person = await getPerson(db, personId);
  const attempt = { address, email: person.email };
  await countAttempt(db, attempt);
  if (!(await isPassword(db, personId, current))) fail("password_wrong", "the present password is another one", { path: "current_password" });
  await forgiveAttempt(db, attempt);
  assertFit(next, person);
  const passwordHash = await hash(next);
  return db.transaction().execute(async (trx) => {
    await savePassword(trx, personId, passwordHash);
    const sessionsEnded = await endSessions(trx, personId, sessionId);
    await appendJournal(trx, { actor: person.email, action: "person.password_changed", subjectType: "person", subjectId: toPublicId("per", personId), details: { email: person.email, by: "the person", sessionsEnded } });
    return sessionsEnded;
  });
}
