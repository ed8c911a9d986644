import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../test/support/databases.ts";
import { openListener, type Listener } from "./listener.ts";
import { eventually } from "../../../../test/support/eventually.ts";

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let listener: Listener;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    listener = await openListener({ ...database.connection, application_name: "listening" }, ["one", "two"], quiet);
  });
  afterEach(() => listener.stop());

  async function listening(): Promise<number> {
    const rows = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where application_name = 'listening'`.execute(database.handle.db);
    return rows.rows[0]?.n ?? 0;
  }

  const notify = (channel: string, payload: string) => sql`select pg_notify(${channel}, ${payload})`.execute(database.handle.db);
  const cut = () => sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listening'`.execute(database.handle.db);

  it("calls the subscribers of a channel, and no others", async () => {
    const heard: string[] = [];
    listener.subscribe("one", (payload) => heard.push(`a ${payload}`));
    listener.subscribe("two", (payload) => heard.push(`b ${payload}`));
    const unsubscribe = listener.subscribe("one", (payload) => heard.push(`c ${payload}`));
    await notify("one", "1");
    await eventually(() => expect(heard).toEqual(["a 1", "c 1"]));
    unsubscribe();
    await notify("one", "2");
    await notify("two", "3");
    await eventually(() => expect(heard).toEqual(["a 1", "c 1", "a 2", "b 3"]));
  });

  it("connects again after its connection was cut, wakes everybody, and hears again, once", async () => {
    const heard: (string | undefined)[] = [];
    listener.subscribe("one", (payload) => heard.push(payload));
    for (const turn of ["first", "second"]) {
      await cut();
      await eventually(() => expect(heard).toContain(undefined));
      heard.length = 0;
      await notify("one", turn);
      await eventually(() => expect(heard).toEqual([turn]));
      // The connection that was cut is in the list until its process is gone.
      await eventually(async () => expect(await listening()).toBe(1));
      heard.length = 0;
    }
  });

  it("does not connect again once it was stopped, even when it was cut just before", async () => {
    await cut();
    await listener.stop();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await listening()).toBe(0);
  });

  it("fails when there is no database, and leaves nothing that tries on", async () => {
    const connect = vi.spyOn(Client.prototype, "connect");
    await expect(openListener({ host: "/nonexistent", database: "none" }, ["one"], quiet)).rejects.toThrow("ENOENT");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(connect).toHaveBeenCalledTimes(1);
    connect.mockRestore();
  });
});
