import { sql, type Kysely } from "kysely";

/**
 * People, how they sign in, and their sessions. `people`, `credentials`, `sessions` and `sign_in_states` are written by the sign-in
 * library as well, under these names. Versions before this look at none of it.
 */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table people (
     id uuid primary key,
     name text not null,
     email text not null unique check (email = lower(email)),
     email_verified boolean not null default false,
     image text,
     invited_by text,
     joined_at timestamptz,
     disabled_at timestamptz,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table credentials (
     id uuid primary key,
     person_id uuid not null references people (id) on delete cascade,
     provider_id text not null,
     account_id text not null,
     password text,
     access_token text,
     refresh_token text,
     id_token text,
     access_token_expires_at timestamptz,
     refresh_token_expires_at timestamptz,
     scope text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     unique (provider_id, account_id)
   )`,
  "create index credentials_person on credentials (person_id)",
  `create table sessions (
     id uuid primary key,
     person_id uuid not null references people (id) on delete cascade,
     token text not null unique,
     ip_address text,
     user_agent text,
     expires_at timestamptz not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  "create index sessions_person on sessions (person_id, created_at desc)",
  "create index sessions_expiry on sessions (expires_at)",
  // Where a sign-in by another system stands between leaving for it and coming back.
  `create table sign_in_states (
     id uuid primary key,
     identifier text not null,
     value text not null,
     expires_at timestamptz not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  "create index sign_in_states_identifier on sign_in_states (identifier)",
  // One-time links: for the first owner (of nobody yet), for who was invited, and for who forgot the password.
  `create table sign_in_links (
     id uuid primary key,
     kind text not null check (kind in ('setup', 'invitation', 'reset')),
     person_id uuid references people (id) on delete cascade,
     hash text not null unique,
     created_by text not null,
     expires_at timestamptz not null,
     used_at timestamptz,
     created_at timestamptz not null default now(),
     check ((kind = 'setup') = (person_id is null))
   )`,
  "create index sign_in_links_person on sign_in_links (person_id) where person_id is not null",
  // How often a password was tried, by where from and for whom; the key is a hash.
  `create table sign_in_attempts (
     key text primary key,
     count integer not null,
     started_at timestamptz not null
   )`,
];
