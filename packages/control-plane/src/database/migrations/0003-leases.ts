import { sql, type Kysely } from "kysely";

/**
 * One run of tokens for all leases, one running build per branch kept by the database, and requests that wait folded into one
 * build. A version before this counts a deployment's workers by its token, so it must not run on such a database.
 */
export const breaking = true;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  "create sequence lease_tokens as bigint",
  "select setval('lease_tokens', greatest(1, (select max(lease_token) from builds), (select max(lease_token) from deployments)))",
  "alter table builds add column lease_taken_at timestamptz, add column alone boolean not null default false, add column unfolded_from uuid references builds (id)",
  "alter table deployments add column lease_taken_at timestamptz, add column attempt integer not null default 0",
  // Of an older version's builds that run beside each other on one branch the newer ones wait again.
  `update builds set status = 'queued', stage = 'pending', lease_holder = null, lease_expires_at = null, lease_token = nextval('lease_tokens')
     where status = 'running' and exists (select 1 from builds earlier where earlier.status = 'running' and earlier.manifest_ref = builds.manifest_ref and earlier.id < builds.id)`,
  "create unique index builds_one_running on builds (manifest_ref) where status = 'running'",
  "create index builds_waiting on builds (manifest_ref, id) where status = 'queued'",
  `create table build_requests (
     build_id uuid not null references builds (id) on delete cascade,
     position integer not null,
     requested_by text not null,
     token_name text not null,
     reason text not null,
     change jsonb not null,
     created_at timestamptz not null default now(),
     primary key (build_id, position)
   )`,
  `insert into build_requests (build_id, position, requested_by, token_name, reason, change, created_at)
     select id, 1, requested_by, requested_by, reason, change, created_at from builds`,
];
