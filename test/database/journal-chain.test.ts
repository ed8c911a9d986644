import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Executor } from "../../packages/control-plane/src/database/connection.ts";
import { openDatabase } from "../../packages/control-plane/src/database/connection.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";
import { migrations } from "../../packages/control-plane/src/database/migrations/table.ts";
import { findUnchained, readChain, readChainHead } from "../../packages/control-plane/src/journal/chain.ts";
import { appendJournal } from "../../packages/control-plane/src/journal/journal.ts";
import { withOrigin } from "../../packages/control-plane/src/journal/origin.ts";
import type { Anchor } from "../../packages/control-plane/src/journal/anchor.ts";
import { verifyJournal, type ChainSource, type Verification } from "../../packages/control-plane/src/journal/verify.ts";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../support/databases.ts";

function sourceOf(db: Executor, limit = 7): ChainSource {
  return { head: () => readChainHead(db), links: (after) => readChain(db, { after, limit }), unchained: () => findUnchained(db, 100) };
}

const entry = (subjectId: string) => ({ actor: "ada", action: "build.requested", subjectType: "build", subjectId, reason: `why ${subjectId}`, details: { branch: "main", number: 1.5, text: "Zoë \"said\" \\ \t\u0001 ok" } }) as const;

/** As anybody else would recompute it, from the guide's words. */
function recipe(position: number, previous: string, fields: readonly (string | number | null)[]): string {
  return createHash("sha256").update(`[${["modyard journal 1", position, previous, ...fields].map((each) => JSON.stringify(each)).join(", ")}]`, "utf8").digest("hex");
}

/** What somebody may do who may do everything in the database, to a chain of twenty, and where it is found. */
const tamperings: readonly (readonly [string, readonly string[], string, number | undefined])[] = [
  ["a changed text", ["update journal set reason = 'forged' where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_changed", 10],
  ["changed details", ["update journal set details = jsonb_set(details, '{branch}', '\"other\"') where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_changed", 10],
  ["a time that differs by a microsecond", ["update journal set at = at + interval '1 microsecond' where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_changed", 10],
  ["another actor behind the entry", ["update journal set principal_name = 'bob', principal_id = '2', principal_kind = 'person' where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_changed", 10],
  ["another address", ["update journal set address = '10.0.0.9' where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_changed", 10],
  ["a changed hash", ["update journal_chain set hash = sha256('x') where position = 10"], "journal_entry_changed", 10],
  ["an entry deleted in the middle", ["delete from journal where id = (select entry_id from journal_chain where position = 10)"], "journal_entry_missing", 10],
  ["an entry deleted with its link", ["delete from journal where id = (select entry_id from journal_chain where position = 10)", "delete from journal_chain where position = 10"], "journal_position_missing", 10],
  ["the first entry deleted with its link", ["delete from journal where id = (select entry_id from journal_chain where position = 1)", "delete from journal_chain where position = 1"], "journal_position_missing", 1],
  ["a gap that was closed", ["delete from journal where id = (select entry_id from journal_chain where position = 10)", "delete from journal_chain where position = 10", "update journal_chain set position = -(position - 1) where position > 10", "update journal_chain set position = -position where position < 0"], "journal_chain_broken", 10],
  ["an inserted entry", ["insert into journal (actor, action, subject_type, subject_id) values ('eve', 'build.requested', 'build', 'x')"], "journal_entry_unchained", undefined],
  ["an entry inserted with a link", ["insert into journal (actor, action, subject_type, subject_id) values ('eve', 'build.requested', 'build', 'x')", "update journal_chain set position = -(position + 1) where position >= 10", "update journal_chain set position = -position where position < 0", "insert into journal_chain select 10, (select max(id) from journal), hash, sha256('y') from journal_chain where position = 9"], "journal_entry_changed", 10],
  ["two entries swapped", ["update journal_chain a set entry_id = -b.entry_id from journal_chain b where (a.position, b.position) in ((10, 11), (11, 10))", "update journal_chain set entry_id = -entry_id where entry_id < 0"], "journal_entry_changed", 10],
  ["two links in another order", ["update journal_chain set position = -21 + position where position in (10, 11)", "update journal_chain set position = -position where position < 0"], "journal_chain_broken", 10],
];

/** Writes everything from a position on anew, as one who knows the recipe. */
const rewriteFrom = (from: number): string => `do $$
  declare link record; entry journal; last bytea;
  begin
    select coalesce((select hash from journal_chain where position = ${from - 1}), decode(repeat('00', 32), 'hex')) into last;
    for link in select * from journal_chain where position >= ${from} order by position loop
      select * into entry from journal where id = link.entry_id;
      update journal_chain set previous_hash = last, hash = journal_hash(link.position, last, entry) where position = link.position returning hash into last;
    end loop;
  end $$`;

describe.each(databases)("the journal's chain on $name", (kind) => {
  let database: TestDatabase;
  let db: TestDatabase["handle"]["db"];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    ({ db } = database.handle);
    for (let number = 1; number <= 20; number += 1) {
      const append = () => db.transaction().execute((trx) => appendJournal(trx, entry(`bld_${number}`)));
      await (number % 2 === 0 ? append() : withOrigin({ requestId: `r${number}`, address: "192.0.2.1", principal: { kind: "person", id: "1", name: "Ada" }, asked: { operation: "requestBuild" } }, append));
    }
  });
  afterAll(() => database?.close());

  /** Verifies after the statements of somebody who may do everything, and takes them back. */
  async function afterTampering(statements: readonly string[], anchors: readonly Anchor[] = []): Promise<Verification> {
    let found: Verification | undefined;
    const gone = db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const statement of statements) await sql.raw(statement).execute(trx);
      found = await verifyJournal(sourceOf(trx), anchors);
      throw new Error("taken back");
    });
    await expect(gone).rejects.toThrow("taken back");
    return found ?? expect.unreachable();
  }

  async function anchorAt(position: number): Promise<Anchor> {
    const [link] = await readChain(db, { after: position - 1, limit: 1 });
    return { position, hash: link?.hash ?? "", at: `2026-11-22T00:00:${position}Z` };
  }

  test("fits, and is what the recipe makes of the entries", async () => {
    const anchors = [await anchorAt(1), await anchorAt(20)];
    expect(await verifyJournal(sourceOf(db), anchors)).toMatchObject({ checked: 20, last: { position: 20 }, problems: [], more: false });
    const links = await readChain(db, { after: 0, limit: 100 });
    let previous = "0".repeat(64);
    for (const { position, hash, entry: it } of links) {
      previous = recipe(position, previous, it === null ? [] : [it.id, it.at, it.actor, it.action, it.subjectType, it.subjectId, it.reason, it.details, it.principalKind, it.principalId, it.principalName, it.address, it.requestId, it.asked]);
      expect(hash).toBe(previous);
    }
    expect(links[0]?.entry).toMatchObject({ address: "192.0.2.1", requestId: "r1", principalName: "Ada", asked: '{"operation": "requestBuild"}' });
  });

  test.each(tamperings)("finds %s", async (_, statements, code, position) => {
    const { problems } = await afterTampering(statements);
    expect(problems[0]).toMatchObject({ code, ...(position !== undefined && { details: { position } }) });
  });

  test("finds by its anchors a chain that was written anew", async () => {
    const anchors = [await anchorAt(5), await anchorAt(15), await anchorAt(20)];
    const forged = ["update journal set reason = 'forged' where id = (select entry_id from journal_chain where position = 10)", rewriteFrom(10)];
    expect((await afterTampering(forged)).problems).toEqual([]);
    const { problems } = await afterTampering(forged, anchors);
    expect(problems.map(({ code, details }) => [code, details?.["position"]])).toEqual([["journal_anchor_mismatch", 15], ["journal_anchor_mismatch", 20]]);
    expect(problems[0]?.message).toContain("after position 5, which still fits");
  });

  test("finds by its anchors a deleted tail", async () => {
    const cut = ["delete from journal where id in (select entry_id from journal_chain where position > 15)", "delete from journal_chain where position > 15"];
    expect((await afterTampering(cut)).problems).toEqual([]);
    expect((await afterTampering(cut, [await anchorAt(20)])).problems).toMatchObject([{ code: "journal_tail_missing", details: { position: 16, until: 20 } }]);
  });

  test("finds all of several, the first one first", async () => {
    const { problems } = await afterTampering(["update journal set reason = 'forged' where id in (select entry_id from journal_chain where position in (3, 17))"]);
    expect(problems.map(({ details }) => details?.["position"])).toEqual([3, 17]);
  });

  test.each([
    "update journal_chain set position = 99 where position = 3",
    "delete from journal_chain",
    "truncate journal_chain",
    "insert into journal_chain values (999, 999, sha256('a'), sha256('b'))",
  ])("refuses %j", async (statement) => {
    await expect(sql.raw(statement).execute(db)).rejects.toThrow("the journal is append-only");
  });

  test("holds nobody up before the commit, and has the order of commits", async () => {
    const own = await ownDatabase();
    try {
      await own.db.transaction().execute(async (slow) => {
        await appendJournal(slow, entry("slow"));
        await own.db.transaction().execute((fast) => appendJournal(fast, entry("fast")));
      });
      expect((await readChain(own.db, { after: 0, limit: 10 })).map((link) => link.entry?.subjectId)).toEqual(["fast", "slow"]);
    } finally {
      await own.close();
    }
  });

  test("stays whole with many writers at once, some of which go back, and all in each other's way", async () => {
    const own = await ownDatabase();
    const rows = await own.db.insertInto("environmentOwners").values([1, 2, 3].map((n) => ({ environment: `e${n}`, owner: "x" }))).returning("environment").execute();
    const write = async (writer: number): Promise<void> => {
      for (let round = 0; round < 12; round += 1) {
        const locked = rows[(writer + round) % rows.length]?.environment ?? "";
        const done = own.db.transaction().execute(async (trx) => {
          await appendJournal(trx, entry(`${writer}-${round}-before`));
          await sql`update environment_owners set seen_at = now() where environment = ${locked}`.execute(trx);
          await appendJournal(trx, entry(`${writer}-${round}-after`));
          if ((writer + round) % 4 === 0) throw new Error("back");
        });
        await done.catch((error: unknown) => expect(error).toMatchObject({ message: "back" }));
      }
    };
    try {
      await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
      const verified = await verifyJournal(sourceOf(own.db, 50));
      const { count } = await own.db.selectFrom("journal").select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
      expect(verified).toMatchObject({ checked: 180, problems: [] });
      expect(count).toBe(180);
    } finally {
      await own.close();
    }
  });

  test("begins with what an older version wrote, and goes on beside one", async () => {
    const old = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0009"));
    const handle = openDatabase(await database.createDatabase(), quiet);
    try {
      await migrate(handle.db, old);
      const insert = sql`insert into journal (actor, action, subject_type, subject_id, details) select 'ada', 'build.requested', 'build', 'bld_' || n, '{"a": 1}' from generate_series(1, 50) n`;
      await insert.execute(handle.db);
      await migrate(handle.db);
      await insert.execute(handle.db);
      expect(await verifyJournal(sourceOf(handle.db, 1000))).toMatchObject({ checked: 100, problems: [] });
    } finally {
      await handle.close();
    }
  });

  test("takes a transaction of very many entries", async () => {
    const own = await ownDatabase();
    try {
      await sql`insert into journal (actor, action, subject_type, subject_id) select 'ada', 'build.requested', 'build', 'bld_' || n from generate_series(1, 5000) n`.execute(own.db);
      expect(await verifyJournal(sourceOf(own.db, 1_000))).toMatchObject({ checked: 5_000, problems: [] });
    } finally {
      await own.close();
    }
  });

  async function ownDatabase() {
    const handle = openDatabase(await database.createDatabase(), quiet);
    await migrate(handle.db);
    return handle;
  }
});
