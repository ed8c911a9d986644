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
  const { rows } = await sql<LinkRow>`
    select position, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash, chain.entry_id as "entryId", id,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, subject_type as "subjectType", subject_id as "subjectId", reason,
      details::text as details, principal_kind as "principalKind", principal_id as "principalId", principal_name as "principalName", address, request_id as "requestId", asked::text as asked
    from (select * from journal_chain where position > ${after} order by position limit ${limit}) chain left join journal on journal.id = chain.entry_id
    order by position`.execute(db.withoutPlugins());
  return rows.map(({ position, previousHash, hash, entryId, id, ...entry }) => ({ position, previousHash, hash, entryId, entry: id === null ? null : { id, ...entry } }));
}

interface LinkRow extends Omit<EntryText, "id"> {
  readonly position: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly entryId: number;
  readonly id: number | null;
}

/** Entries that are in no chain, at most `limit`: the database adds every entry at its commit unless it was kept from it. */
export async function findUnchained(db: Executor, limit: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from journal where not exists (select from journal_chain where entry_id = journal.id) order by id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
