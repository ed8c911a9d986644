import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { EntryText } from "./chain-hash.ts";

/** A place in the chain with its hash. */
export interface ChainPlace {
  readonly position: number;
  /** SHA-256 as hexadecimal digits. */
  readonly hash: string;
}

/** One link of the chain; `entry` is null where the journal lacks it. */
export interface ChainLink extends ChainPlace {
  readonly entryId: number;
  readonly previousHash: string;
  readonly entry: EntryText | null;
}

/** The chain's end; undefined before the first entry. */
export async function readChainHead(db: Executor): Promise<ChainPlace | undefined> {
  const head = await db.selectFrom("journalChain").select(["position", "hash"]).orderBy("position", "desc").limit(1).executeTakeFirst();
  return head === undefined ? undefined : { position: head.position, hash: head.hash.toString("hex") };
}

/** The hash at a place; undefined when there is none. */
export async function readChainHash(db: Executor, position: number): Promise<string | undefined> {
  const link = await db.selectFrom("journalChain").select("hash").where("position", "=", position).executeTakeFirst();
  return link?.hash.toString("hex");
}

/** The links after a position, in order, at most `limit`. */
export async function readChain(db: Executor, { after, limit }: { readonly after: number; readonly limit: number }): Promise<readonly ChainLink[]> {
  const links = await db.selectFrom("journalChain").selectAll().where("position", ">", after).orderBy("position").limit(limit).execute();
  const entries = await readTexts(db, links.map(({ entryId }) => entryId));
  return links.map(({ position, entryId, previousHash, hash }) => ({ position, entryId, previousHash: previousHash.toString("hex"), hash: hash.toString("hex"), entry: entries.get(entryId) ?? null }));
}

/** By their numbers: joined, the database would read the whole journal for a page. */
async function readTexts(db: Executor, ids: readonly number[]): Promise<ReadonlyMap<number, EntryText>> {
  const { rows } = await sql<EntryText>`
    select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, subject_type as "subjectType", subject_id as "subjectId", reason,
      details::text as details, principal_kind as "principalKind", principal_id as "principalId", principal_name as "principalName", address, request_id as "requestId", asked::text as asked
    from journal where id = any(${[...ids]}::bigint[])`.execute(db.withoutPlugins());
  return new Map(rows.map((entry) => [entry.id, entry]));
}

/** Entries that are in no chain, at most `limit`: the database adds every entry at its commit unless it was kept from it. */
export async function findUnchained(db: Executor, limit: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from journal where not exists (select from journal_chain where entry_id = journal.id) order by id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
