import { sql, type Kysely } from "kysely";

/**
 * Settings of environments, and deployments that wait until a second person approves them. A version before this would deploy to a
 * protected environment without asking anybody.
 */
export const breaking = true;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table environment_settings (
     environment text primary key,
     approval_required boolean not null,
     changed_by text not null,
     changed_at timestamptz not null default now()
   )`,
  // Who asked, exactly: names are not unique. Of requests that wait while the version changes, the token of that name.
  "alter table build_requests add column requester jsonb",
  `update build_requests set requester = coalesce(
     (select jsonb_build_object('kind', 'token', 'id', tokens.id, 'name', tokens.name, 'hand', 'token:' || tokens.id) from tokens where tokens.name = token_name order by tokens.id limit 1),
     jsonb_build_object('kind', 'token', 'id', token_name, 'name', token_name, 'hand', 'token:' || token_name))`,
  "alter table build_requests alter column requester set not null",
  "alter table deployments drop constraint deployments_status_check",
  `alter table deployments
     add column requesters jsonb not null default '[]',
     add column decision jsonb,
     add column branch text check (branch in ('pending', 'taken_back', 'kept')),
     add constraint deployments_status_check check (status in ('waiting_approval', 'queued', 'running', 'success', 'failed', 'cancelled')),
     add constraint deployments_way_back_never_waits check (status <> 'waiting_approval' or kind = 'deploy'),
     add constraint deployments_requesters_known check (status <> 'waiting_approval' or jsonb_array_length(requesters) > 0),
     add constraint deployments_second_person check (
       decision ->> 'outcome' is distinct from 'approved' or not requesters @> jsonb_build_array(jsonb_build_object('hand', decision -> 'by' -> 'hand')))`,
  "drop index deployments_status",
  "create index deployments_status on deployments (status) where status in ('waiting_approval', 'queued', 'running')",
  "create index deployments_branch_pending on deployments (id) where branch = 'pending'",
];
