import { sql, type Kysely } from "kysely";

/** Webhooks and what is sent to them. Tables that older versions never look at. */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table webhooks (
     id uuid primary key,
     url text not null,
     description text not null default '',
     types text[] not null default '{}',
     environments text[] not null default '{}',
     key_id text not null,
     secret text not null,
     former_secret text,
     former_secret_until timestamptz,
     enabled boolean not null default true,
     disabled_reason text,
     -- The last entry of the journal that was looked at for it.
     cursor bigint not null,
     failing_since timestamptz,
     paused_until timestamptz,
     created_by text not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table webhook_deliveries (
     id uuid primary key,
     webhook_id uuid not null references webhooks (id) on delete cascade,
     entry_id bigint not null,
     type text not null,
     status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
     attempts integer not null default 0,
     next_at timestamptz not null default now(),
     -- Every attempt: when, how long, and what came back.
     history jsonb not null default '[]',
     created_at timestamptz not null default now(),
     finished_at timestamptz,
     -- What was taken from the journal once is not taken again, whoever is killed when.
     unique (webhook_id, entry_id),
     check ((status = 'pending') = (finished_at is null))
   )`,
  "create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_at, entry_id) where status = 'pending'",
  "create index webhook_deliveries_newest on webhook_deliveries (webhook_id, id desc)",
  "create index webhook_deliveries_finished on webhook_deliveries (webhook_id, status, finished_at) where status <> 'pending'",
];
