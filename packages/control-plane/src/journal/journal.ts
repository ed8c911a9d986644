import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { originColumns, type JournalPrincipal } from "./origin.ts";
import { storableJson, storableText } from "./storable.ts";

/** Everything that the journal can tell, as `subject.verb`. */
export type JournalAction =
  | "build.requested"
  | "build.joined"
  | "build.folded"
  | "build.unfolded"
  | "build.started"
  | "build.taken_over"
  | "build.step_retried"
  | "build.succeeded"
  | "build.failed"
  | "build.cancel_requested"
  | "build.cancelled"
  | "composition.landed"
  | "composition.taken_back"
  | "composition.kept"
  | "release.created"
  | "release.activated"
  | "release.superseded"
  | "release.rolled_back"
  | "release.failed"
  | "release.restarted"
  | "lease.taken_over"
  | "deployment.requested"
  | "deployment.approval_needed"
  | "deployment.approved"
  | "deployment.rejected"
  | "deployment.withdrawn"
  | "deployment.approval_expired"
  | "deployment.started"
  | "deployment.taken_over"
  | "deployment.succeeded"
  | "deployment.failed"
  | "environment.restored"
  | "environment.not_restored"
  | "environment.taken_over"
  | "environment.settings_changed"
  | "retention.removed"
  | "token.created"
  | "token.revoked"
  | "token.grants_changed"
  | "person.invited"
  | "person.joined"
  | "person.changed"
  | "person.disabled"
  | "person.enabled"
  | "person.reset_link_made"
  | "person.password_changed"
  | "person.signed_in"
  | "person.session_ended"
  | "person.grants_changed"
  | "webhook.created"
  | "webhook.changed"
  | "webhook.deleted"
  | "webhook.secret_rotated"
  | "webhook.tested"
  | "webhook.resent"
  | "webhook.disabled";

/** One thing that happened: who did what to what, why, and the facts. */
export interface JournalEntry {
  readonly actor: string;
  readonly action: JournalAction;
  readonly subjectType: "build" | "release" | "deployment" | "environment" | "manifest" | "token" | "person" | "webhook" | "data";
  /** Public identifier or name of the subject. */
  readonly subjectId: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A stored entry; `id` grows and is what readers resume from. */
export interface RecordedEntry extends Required<JournalEntry> {
  readonly id: number;
  readonly at: Date;
  /** The request that it was a part of; of a worker's acts, the one that caused them. */
  readonly requestId: string | null;
  /** The client's address; null for Modyard's own acts, as the next four. */
  readonly address: string | null;
  readonly principalKind: JournalPrincipal["kind"] | null;
  readonly principalId: string | null;
  readonly principalName: string | null;
  /** What was asked for, without secrets. */
  readonly asked: Readonly<Record<string, unknown>> | null;
}

/** PostgreSQL channel on which readers are woken when an entry was committed. */
export const journalChannel = "modyard_journal";

/**
 * Appends an entry in the caller's transaction: a change and its entry are saved together or not at all. Where it comes from is told
 * by `withOrigin`. The database adds it to the chain at the commit.
 */
export async function appendJournal(trx: Executor, entry: JournalEntry): Promise<void> {
  await sql`select pg_notify(${journalChannel}, '')`.execute(trx);
  await trx
    .insertInto("journal")
    .values({
      actor: storableText(entry.actor),
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: storableText(entry.subjectId),
      reason: storableText(entry.reason ?? ""),
      details: storableJson(entry.details ?? {}),
      ...originColumns(),
    })
    .execute();
}

/**
 * Entries after the entry `after` in the order in which they were committed, at most `limit`: a reader who resumes from the last one
 * that it saw gets every entry once. Not by their numbers: a transaction that began earlier may commit a smaller one later.
 */
export async function readJournal(
  db: Executor,
  query: { readonly after?: number; readonly limit: number; readonly subjectId?: string; readonly actions?: readonly string[] },
): Promise<readonly RecordedEntry[]> {
  let select = db.selectFrom("journal").innerJoin("journalChain", "journalChain.entryId", "journal.id").selectAll("journal").where("journalChain.position", ">", placeOf(query.after ?? 0));
  if (query.actions !== undefined) select = select.where(isOneOf(query.actions));
  if (query.subjectId !== undefined) select = select.where("subjectId", "=", query.subjectId);
  return (await select.orderBy("journalChain.position").limit(query.limit).execute()) as readonly RecordedEntry[];
}

/** The place of an entry in the chain; of one that is not there, of the one before. */
function placeOf(id: number) {
  return sql<number>`coalesce((select position from journal_chain where entry_id <= ${id} order by entry_id desc limit 1), 0)`;
}

/** One entry by its number. */
export async function findEntry(db: Executor, id: number): Promise<RecordedEntry | undefined> {
  return (await db.selectFrom("journal").selectAll().where("id", "=", id).executeTakeFirst()) as RecordedEntry | undefined;
}

function isOneOf(actions: readonly string[]) {
  return sql<boolean>`action = any(${[...actions]})`;
}

