import { sql, type Kysely } from "kysely";

/**
 * Where an entry of the journal came from, the chain that shows whether the journal was tampered with, and indexes by which it is
 * searched. Older versions go on beside it: their entries have no origin, and the database chains them all the same.
 */
export const breaking = false;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...origin, ...chain, ...search]) await sql.raw(statement).execute(db);
}

const origin = [
  `alter table journal add column address text, add column request_id text, add column asked jsonb,
     add column principal_kind text, add column principal_id text, add column principal_name text`,
  // Of a request that was folded: it may get a build of its own later.
  "alter table build_requests add column request_id text",
  // When it was written; the transaction may have begun long before, and waited for another whose entries come first.
  "alter table journal alter column at set default clock_timestamp()",
];

/** docs/guides/journal.md tells the recipe; `journal/chain-hash.ts` is the same in TypeScript. */
const chain = [
  `create table journal_chain (
     position bigint not null,
     entry_id bigint not null,
     previous_hash bytea not null,
     hash bytea not null
   )`,
  `create function journal_hash(place bigint, previous bytea, entry journal) returns bytea language plpgsql stable as $$
   begin
     return sha256(convert_to(json_build_array('modyard journal 1', place, encode(previous, 'hex'), entry.id,
       to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       entry.actor, entry.action, entry.subject_type, entry.subject_id, entry.reason, entry.details::text,
       entry.principal_kind, entry.principal_id, entry.principal_name, entry.address, entry.request_id, entry.asked::text)::text, 'UTF8'));
   end $$`,
  // What is there already, in its order: a million entries in about fifteen seconds.
  `do $$
   declare entry journal; place bigint := 0; last bytea := decode(repeat('00', 32), 'hex'); next bytea;
   begin
     for entry in select * from journal order by id loop
       place := place + 1;
       next := journal_hash(place, last, entry);
       insert into journal_chain (position, entry_id, previous_hash, hash) values (place, entry.id, last, next);
       last := next;
     end loop;
   end $$`,
  "alter table journal_chain add primary key (position), add unique (entry_id)",
  // One after the other. The end is looked up: a row that keeps it would be slow to update for a transaction of very many entries.
  `create function journal_append_to_chain() returns trigger language plpgsql as $$
   declare place bigint; last bytea;
   begin
     perform pg_advisory_xact_lock(hashtextextended('modyard journal', 0));
     select position, hash into place, last from journal_chain order by position desc limit 1;
     place := coalesce(place, 0) + 1;
     last := coalesce(last, decode(repeat('00', 32), 'hex'));
     insert into journal_chain (position, entry_id, previous_hash, hash) values (place, new.id, last, journal_hash(place, last, new));
     return null;
   end $$`,
  // At the commit: the chain is held for that moment only, whatever else the transaction waits for, and positions are in the order of commits.
  `create constraint trigger journal_chained after insert on journal deferrable initially deferred
     for each row execute function journal_append_to_chain()`,
  `create trigger journal_chain_append_only before update or delete or truncate on journal_chain
     for each statement execute function journal_is_append_only()`,
  `create trigger journal_chain_by_trigger_only before insert on journal_chain
     for each statement when (pg_trigger_depth() = 0) execute function journal_is_append_only()`,
];

/** People look at the newest first, by time. The stream goes by number, so its index of subjects stays. */
const search = [
  // The environment that an entry is about, wherever its details say it.
  `create function journal_environment(subject_type text, subject_id text, details jsonb) returns text language sql immutable parallel safe as
     $$ select coalesce(details ->> 'environment', details ->> 'deployTo', case when subject_type = 'environment' then subject_id end) $$`,
  // Its words, whatever stands between them in names, addresses and JSON. No more than PostgreSQL can index.
  // Its price keeps the planner from reading every entry for a rare word; in plpgsql, since what is written in SQL is taken apart and its price forgotten.
  `create function journal_words(reason text, details jsonb) returns tsvector language plpgsql immutable parallel safe cost 10000 as
     $$ begin return to_tsvector('pg_catalog.simple', translate(left(reason, 4000) || ' ' || left(details::text, 16000), '/_-.:@"''{}[]()<>,;=+#&?!%$*|~^\\\\', repeat(' ', 40))); end $$`,
  "create index journal_at on journal (at, id)",
  "create index journal_subject_at on journal (subject_id, at, id)",
  "drop index journal_actor",
  "create index journal_actor on journal (actor, at, id)",
  "drop index journal_action",
  "create index journal_action on journal (action, at, id)",
  "create index journal_action_subject on journal (split_part(action, '.', 1), at, id)",
  "create index journal_environment on journal (journal_environment(subject_type, subject_id, details), at, id)",
  "create index journal_request on journal (request_id, at, id) where request_id is not null",
  "create index journal_words on journal using gin (journal_words(reason, details))",
];
