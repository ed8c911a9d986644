import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeBuild } from "../../../../../test/support/database.ts";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../../test/support/databases.ts";
import { bootClock } from "../../processes/boot-clock.ts";
import { openLeaseKeeper, type LeaseKeeper, type LeaseNews } from "./keeper.ts";
import { eventually } from "../../../../../test/support/eventually.ts";

/** Short, so that tests need not wait long. */
const seconds = 4;

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let keeper: LeaseKeeper;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database?.close());
  beforeEach(() => {
    keeper = openLeaseKeeper(database.connection, quiet, { seconds });
  });
  afterEach(() => keeper.stop());

  /** A running build whose lease is about to run out. */
  async function running(token: number): Promise<string> {
    const { id } = await storeBuild(database.handle, { status: "running", leaseHolder: "one", leaseToken: token, leaseExpiresAt: sql<Date>`now() + interval '1 second'` as unknown as Date });
    return id;
  }

  async function secondsLeft(id: string): Promise<number> {
    const { rows } = await sql<{ left: number }>`select extract(epoch from lease_expires_at - clock_timestamp())::float8 as left from builds where id = ${id}`.execute(database.handle.db);
    return rows[0]?.left ?? Number.NaN;
  }

  async function expiry(id: string): Promise<Date | null> {
    return (await database.handle.db.selectFrom("builds").select("leaseExpiresAt").where("id", "=", id).executeTakeFirstOrThrow()).leaseExpiresAt;
  }

  /** Waits until this lease was prolonged so many times. */
  async function heartbeats(id: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const before = await expiry(id);
      await eventually(async () => expect(await expiry(id)).not.toEqual(before));
    }
  }

  function keep(id: string, token: number, since = bootClock()): { readonly lease: ReturnType<LeaseKeeper["keep"]>; readonly news: LeaseNews[] } {
    const news: LeaseNews[] = [];
    return { lease: keeper.keep({ table: "builds", id, token }, since, (each) => news.push(each)), news };
  }

  it("keeps a lease while the process has time for nothing else", async () => {
    const id = await running(1);
    const { lease, news } = keep(id, 1);
    await eventually(async () => expect(await secondsLeft(id)).toBeGreaterThan(1.5));
    const busyUntil = Date.now() + 5_000;
    // Longer than a lease lasts, and without a moment for the event loop.
    while (Date.now() < busyUntil) Math.sqrt(busyUntil);
    expect(lease.isValid()).toBe(true);
    expect(await secondsLeft(id)).toBeGreaterThan(0);
    expect(news).toEqual([]);
  });

  it("ends a lease that was abandoned, but never that of who took it since", async () => {
    const [left, taken] = [await running(1), await running(2)];
    const [first, second] = [keep(left, 1), keep(taken, 2)];
    await eventually(async () => expect(await secondsLeft(taken)).toBeGreaterThan(1.5));
    await database.handle.db.updateTable("builds").set({ leaseToken: 3, leaseExpiresAt: sql<Date>`now() + interval '1 hour'` }).where("id", "=", taken).execute();
    first.lease.abandon();
    second.lease.abandon();
    await eventually(async () => expect(await secondsLeft(left)).toBeLessThan(0));
    expect(await secondsLeft(taken)).toBeGreaterThan(3_000);
    expect([first.lease.isValid(), first.news]).toEqual([false, []]);
  });

  it("tells who lost a lease to another, and the wish to cancel", async () => {
    const [taken, cancelled] = [await running(1), await running(2)];
    const [first, second] = [keep(taken, 1), keep(cancelled, 2)];
    await database.handle.db.updateTable("builds").set({ leaseToken: 3 }).where("id", "=", taken).execute();
    await database.handle.db.updateTable("builds").set({ cancelRequestedBy: "ada" }).where("id", "=", cancelled).execute();
    await eventually(() => expect(first.news).toEqual([{ kind: "lost" }]));
    await eventually(() => expect(second.news).toContainEqual({ kind: "cancel", by: "ada" }));
    expect([first.lease.isValid(), second.lease.isValid()]).toEqual([false, true]);
  });

  it("does not wait for a row that its holder has locked, nor let the others wait", async () => {
    const [locked, other] = [await running(1), await running(2)];
    const [first, second] = [keep(locked, 1), keep(other, 2)];
    await database.handle.db.transaction().execute(async (trx) => {
      await sql`select 1 from builds where id = ${locked} for update`.execute(trx);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      expect(await secondsLeft(other)).toBeGreaterThan(0);
    });
    expect([first.lease.isValid(), second.lease.isValid(), ...first.news, ...second.news]).toEqual([true, true]);
  });

  it("gives a lease up when no heartbeat could be written for as long as it lasts", async () => {
    const nowhere = openLeaseKeeper({ host: "127.0.0.1", port: 1 }, quiet, { seconds });
    const news: LeaseNews[] = [];
    const lease = nowhere.keep({ table: "builds", id: await running(1), token: 1 }, bootClock() - 2_000, (each) => news.push(each));
    expect(lease.isValid()).toBe(true);
    await eventually(() => expect(news).toEqual([{ kind: "lost" }]));
    expect(lease.isValid()).toBe(false);
    await nowhere.stop();
  });

  it("lets the leases of a process run out whose event loop is stuck for good", async () => {
    const impatient = openLeaseKeeper(database.connection, quiet, { seconds, stuckMs: 1_000 });
    const id = await running(1);
    const lease = impatient.keep({ table: "builds", id, token: 1 }, bootClock(), () => undefined);
    await eventually(async () => expect(await secondsLeft(id)).toBeGreaterThan(1.5));
    const busyUntil = Date.now() + 7_000;
    while (Date.now() < busyUntil) Math.sqrt(busyUntil);
    expect(lease.isValid()).toBe(false);
    expect(await secondsLeft(id)).toBeLessThan(0);
    await impatient.stop();
  });

  it("writes nothing after it was released", async () => {
    const id = await running(1);
    const { lease, news } = keep(id, 1);
    await eventually(async () => expect(await secondsLeft(id)).toBeGreaterThan(1.5));
    const other = await running(2);
    keep(other, 2);
    lease.release();
    // A heartbeat may be under way just now. Those of another lease show when the next ones were written.
    await heartbeats(other, 2);
    const before = await expiry(id);
    await heartbeats(other, 2);
    expect(await expiry(id)).toEqual(before);
    expect(lease.isValid()).toBe(false);
    expect(news).toEqual([]);
  });
});
