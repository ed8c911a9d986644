import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../test/support/databases.ts";
import { openDatabase, type DatabaseHandle } from "./connection.ts";
import { journalEventTypes } from "../events/event-types.ts";
import { newUuid } from "./identifiers.ts";
import { assertMigrated, migrate } from "./migrate.ts";
import { migrations, type SchemaMigration } from "./migrations/table.ts";
import { readSchemaState } from "./schema-state.ts";

const names = Object.keys(migrations).toSorted();

/** What a version to come may bring. */
const later = (statement: string, breaking: boolean): Record<string, SchemaMigration> => ({
  ...migrations,
  "9999-later": { breaking, up: async (db) => void (await sql.raw(statement).execute(db)) },
});
const additive = later("alter table builds add column colour text default 'blue'", false);
const breaking = later("alter table builds rename column reason to why", true);

describe.each(databases)("migrations on $name", (kind) => {
  let database: TestDatabase;
  const opened: DatabaseHandle[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(async () => {
    await Promise.all(opened.map((handle) => handle.close()));
    await database?.close();
  });

  /** Several handles stand for several processes. */
  async function emptyDatabase(count = 1): Promise<readonly [DatabaseHandle, ...DatabaseHandle[]]> {
    const connection = await database.createDatabase();
    const handles = Array.from({ length: count }, () => openDatabase(connection, quiet));
    opened.push(...handles);
    return handles as [DatabaseHandle, ...DatabaseHandle[]];
  }

  it("lets one of many work, and the others find it done", async () => {
    const handles = await emptyDatabase(4);
    const outcomes = await Promise.all(handles.map((handle) => migrate(handle.db)));
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(names);
    expect((await migrate(handles[0].db)).applied).toEqual([]);
  });

  it("tells what is there, since when, and what is not", async () => {
    const [{ db }] = await emptyDatabase();
    expect(await readSchemaState(db)).toEqual({ applied: [], pending: names, newer: [], newerBreaking: [] });
    await expect(assertMigrated(db)).rejects.toMatchObject({ code: "database_outdated", message: expect.stringContaining("0001-first") as string });
    const before = Date.now();
    await migrate(db);
    const { applied, pending } = await readSchemaState(db);
    expect([applied.map(({ name }) => name), pending]).toEqual([names, []]);
    for (const { at, name, breaking: breaks } of applied) {
      expect(Math.abs(at.getTime() - before)).toBeLessThan(60_000);
      expect(breaks).toBe(migrations[name]?.breaking);
    }
    await assertMigrated(db);
  });

  it("brings an older database on", async () => {
    const [{ db }] = await emptyDatabase();
    const { "0001-first": first } = migrations;
    await migrate(db, first === undefined ? {} : { "0001-first": first });
    expect((await migrate(db)).applied).toEqual(names.slice(1));
  });

  it("leaves webhooks from before that had no types what they were told of, people and tokens too", async () => {
    const [{ db }] = await emptyDatabase();
    const { "0012-webhook-types": added } = migrations;
    const since = names.indexOf("0012-webhook-types");
    await migrate(db, Object.fromEntries(Object.entries(migrations).slice(0, since)));
    const values = { url: "https://example.org", description: "", environments: [], keyId: "", secret: "", cursor: 0, createdBy: "test" };
    const [all, some] = [newUuid(), newUuid()];
    await db.insertInto("webhooks").values([{ ...values, id: all, types: [] }, { ...values, id: some, types: ["BuildFailed"] }]).execute();
    expect([added?.breaking, (await migrate(db)).applied]).toEqual([false, names.slice(since)]);
    const types = new Map((await db.selectFrom("webhooks").selectAll().execute()).map((row) => [row.id, row.types]));
    expect(types.get(some)).toEqual(["BuildFailed"]);
    // Types that are added later are none of them.
    expect(types.get(all)).toEqual(expect.arrayContaining(["BuildRequested", "PersonSignedIn", "TokenCreated", "WebhookDisabled"]));
    expect(journalEventTypes).toEqual(expect.arrayContaining([...(types.get(all) ?? [])]));
    expect(new Set(types.get(all)).size).toBe(56);
  });

  it("runs on the database of a newer version that only added to it", async () => {
    const [{ db }] = await emptyDatabase();
    expect((await migrate(db, additive)).applied).toEqual([...names, "9999-later"]);
    expect((await migrate(db)).applied).toEqual([]);
    expect(await readSchemaState(db)).toMatchObject({ pending: [], newer: ["9999-later"], newerBreaking: [] });
    await assertMigrated(db);
  });

  it("brings its own migrations to a database that has additions of a newer version", async () => {
    const [{ db }] = await emptyDatabase();
    await migrate(db, additive);
    const mine = { ...migrations, "9999-zebra": { breaking: false, up: async (each: Parameters<SchemaMigration["up"]>[0]) => void (await sql`create table zebra (n int)`.execute(each)) } };
    expect((await migrate(db, mine)).applied).toEqual(["9999-zebra"]);
  });

  it("refuses the database of a newer version that broke with this one, and changes nothing", async () => {
    const [{ db }] = await emptyDatabase();
    await migrate(db, breaking);
    const refused = { code: "database_newer", message: expect.stringContaining("9999-later") as string };
    await expect(migrate(db)).rejects.toMatchObject(refused);
    await expect(assertMigrated(db)).rejects.toMatchObject(refused);
  });

  it("refuses what a newer version did without saying whether it breaks", async () => {
    const [{ db }] = await emptyDatabase();
    await migrate(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(db);
    await expect(migrate(db)).rejects.toMatchObject({ code: "database_newer" });
  });

  it("says what is wrong when it cannot migrate, and leaves everything as it was", async () => {
    const [{ db }] = await emptyDatabase();
    await migrate(db);
    const failing = { ...migrations, "9998-good": { breaking: false, up: async (each: Parameters<SchemaMigration["up"]>[0]) => void (await sql`create table half (n int)`.execute(each)) }, ...later("alter table nowhere add column n int", false) };
    await expect(migrate(db, { ...migrations, ...failing })).rejects.toMatchObject({ code: "migration_failed", message: expect.stringMatching(/9999-later.*nowhere/) as string });
    const left = await sql`select 1 from information_schema.tables where table_name = 'half'`.execute(db);
    expect(left.rows).toEqual([]);
    expect((await readSchemaState(db)).applied.map(({ name }) => name)).toEqual(names);
  });
});
