import { sql, type Kysely } from "kysely";

/**
 * What retention removes, answers that are kept together with what they acknowledge, and indexes for filters of long lists.
 * A version before this would not take back the word that an artifact goes when it needs it again.
 */
export const breaking = true;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Artifacts that are on their way out: nobody may count on them, and the file goes after the word of it is committed.
  `create table artifact_removals (
     digest text primary key,
     marked_at timestamptz not null default now()
   )`,
  // Where a log was, there is one line that says when it was removed.
  "alter table builds add column logs_removed_at timestamptz",
  "create index builds_logs_kept on builds (finished_at) where logs_removed_at is null and finished_at is not null",
  "create index builds_newest_success on builds (manifest_ref, id desc) where status = 'success'",
  "create index releases_ran on releases (environment, deployed_at desc, id desc) where deployed_at is not null",
  "create index releases_artifact on releases (artifact_digest)",
  // Who answers under a key, and its heartbeat: a server that died gives the key up soon, one that was only stopped cannot answer late.
  "alter table idempotency_keys add column claim uuid, add column claimed_at timestamptz not null default now()",
  // Lists filtered by what people look for.
  "create index builds_branch on builds (manifest_ref, id desc)",
  "create index builds_deploy_to on builds (deploy_to, id desc) where deploy_to is not null",
  "create index journal_actor on journal (actor, id)",
  "create index journal_action on journal (action, id)",
];
