import { sql, type Kysely } from "kysely";

/**
 * Indexes for lists of 100,000 builds and a journal of a million entries, and the table that says of each migration
 * whether older versions may go on with the database.
 */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table migration_marks (
     name text primary key,
     breaking boolean not null
   )`,
  "insert into migration_marks (name, breaking) values ('0001-first', true)",
  // Lists go by identifier, which sorts by time: of one status, and of what is under way.
  "drop index builds_status",
  "create index builds_status on builds (status, id desc)",
  "drop index builds_created_at",
  // Which environment of a branch was served last; see `nextOnBranch`.
  "create index builds_served on builds (manifest_ref, coalesce(deploy_to, ''), id desc) where started_at is not null",
  "create index deployments_environment on deployments (environment, id desc)",
  "create index deployments_build_id on deployments (build_id, id desc)",
  "create index deployments_status on deployments (status) where status in ('queued', 'running')",
  "drop index deployments_release_id",
  "create index deployments_release_id on deployments (release_id, id desc)",
  "drop index releases_created_at",
  "create index releases_environment on releases (environment, created_at desc, id desc)",
  "create index releases_newest on releases (created_at desc, id desc)",
  // The API names a subject by its identifier alone.
  "drop index journal_subject",
  "create index journal_subject on journal (subject_id, id)",
  "create index journal_landed on journal (subject_id, (details ->> 'commit')) where action = 'composition.landed'",
  "create index idempotency_keys_created_at on idempotency_keys (created_at)",
];
