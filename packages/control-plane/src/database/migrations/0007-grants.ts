import { sql, type Kysely } from "kysely";

/**
 * What people and tokens may do, and tokens that belong to somebody, expire and tell where they come from. A version before this
 * would take every token for an owner's, also one that expired.
 */
export const breaking = true;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table grants (
     principal_kind text not null check (principal_kind in ('person', 'token')),
     principal_id text not null,
     environment text,
     role text not null check (role in ('viewer', 'operator', 'administrator', 'owner')),
     created_at timestamptz not null default now()
   )`,
  // Of one principal at most one grant for everywhere, and one for each environment.
  "create unique index grants_one_each on grants (principal_kind, principal_id, coalesce(environment, ''))",
  "alter table grants add check (environment <> '')",
  "create index grants_owners on grants (principal_kind, principal_id) where role = 'owner' and environment is null",
  // Tokens so far could do everything; they go on being able to.
  "insert into grants (principal_kind, principal_id, environment, role) select 'token', id::text, null, 'owner' from tokens",
  `alter table tokens
     add column person_id uuid references people (id) on delete cascade,
     add column made_with_token uuid references tokens (id) on delete cascade,
     add column created_by text not null default 'modyard',
     add column expires_at timestamptz,
     add column preview text`,
  "create index tokens_person on tokens (person_id, id desc)",
  "create index tokens_made_with on tokens (made_with_token) where made_with_token is not null",
  // The token that asked in somebody's name: the journal's actor, where `requested_by` is only what it said.
  "alter table builds add column asked_by text",
  "alter table deployments add column asked_by text",
  `update builds set asked_by = token_name from build_requests
     where build_id = builds.id and position = 1 and token_name <> builds.requested_by`,
];
