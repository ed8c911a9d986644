import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";

/** A browser in which a person is signed in. */
export interface Session {
  readonly id: string;
  readonly address: string | null;
  /** As the browser names itself. */
  readonly agent: string | null;
  readonly createdAt: Date;
  /** When it was renewed last: at most a day before its last use. */
  readonly renewedAt: Date;
  readonly expiresAt: Date;
}

/** A person's newest sessions that are still good, or those older than the session `before` (a UUID). */
export async function listSessions(db: Executor, personId: string, { limit, before }: { readonly limit: number; readonly before?: string | undefined }): Promise<readonly Session[]> {
  let select = db.selectFrom("sessions").selectAll().where("personId", "=", personId).where("expiresAt", ">", sql<Date>`now()`);
  if (before !== undefined) select = select.where("id", "<", before);
  const rows = await select.orderBy("id", "desc").limit(limit).execute();
  return rows.map(({ id, ipAddress, userAgent, createdAt, updatedAt, expiresAt }) => ({ id, address: ipAddress, agent: userAgent, createdAt, renewedAt: updatedAt, expiresAt }));
}

/** Whose session ends, and by whom. */
interface SessionEnd {
  readonly personId: string;
  /** The session's identifier, as the API names it. */
  readonly session: string;
  readonly actor: string;
}

/** Ends one session of a person. Throws session_not_found, also for somebody else's. */
export async function endSession(trx: Executor, { personId, session, actor }: SessionEnd): Promise<void> {
  const id = toUuid("ses", session);
  const ended = id === undefined ? undefined : await trx.deleteFrom("sessions").where("id", "=", id).where("personId", "=", personId).returning("id").executeTakeFirst();
  if (ended === undefined) fail("session_not_found", `you have no session ${JSON.stringify(session)}`);
  await appendJournal(trx, { actor, action: "person.session_ended", subjectType: "person", subjectId: toPublicId("per", personId), details: { sessionId: toPublicId("ses", ended.id) } });
}

/** Ends all sessions of a person but one; resolves with how many. The caller journals why. */
export async function endSessions(trx: Executor, personId: string, but?: string): Promise<number> {
  let select = trx.deleteFrom("sessions").where("personId", "=", personId);
  if (but !== undefined) select = select.where("id", "<>", but);
  return Number((await select.executeTakeFirst()).numDeletedRows);
}
