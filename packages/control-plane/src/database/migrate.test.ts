import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEmbeddedDatabase, quiet, type EmbeddedDatabase } from "../../../../test/support/embedded-database.ts";
import { openDatabase, type DatabaseHandle } from "./connection.ts";
import { migrate } from "./migrate.ts";

let database: EmbeddedDatabase;
const opened: DatabaseHandle[] = [];

beforeAll(async () => {
  database = await openEmbeddedDatabase("migrate");
});
afterAll(async () => {
  await Promise.all(opened.map((handle) => handle.close()));
  await database.close();
});

async function emptyDatabase(name: string): Promise<DatabaseHandle> {
  await sql.raw(`create database ${name}`).execute(database.handle.db);
  return open(name);
}

function open(name: string): DatabaseHandle {
  const handle = openDatabase({ ...database.server.connection, database: name }, quiet);
  opened.push(handle);
  return handle;
}

it("lets one of many work, and the others find it done", async () => {
  const first = await emptyDatabase("at_once");
  const outcomes = await Promise.all([first, open("at_once"), open("at_once")].map((handle) => migrate(handle.db)));
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(["0001-first"]);
  expect((await migrate(first.db)).applied).toEqual([]);
});

it("refuses the database of a newer version, and changes nothing", async () => {
  const { db } = await emptyDatabase("newer");
  await migrate(db);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(db);
  await expect(migrate(db)).rejects.toMatchObject({ code: "database_newer", message: expect.stringContaining("9999-later") as string });
});

it("says what is wrong when it cannot migrate", async () => {
  const { db } = await emptyDatabase("occupied");
  await sql`create table builds (other int)`.execute(db);
  await expect(migrate(db)).rejects.toMatchObject({ code: "database_unreachable", message: expect.stringContaining("builds") as string });
  const left = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_name = 'releases'`.execute(db);
  expect(left.rows).toEqual([]);
});
