import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../test/support/databases.ts";
import { openJobQueue, type JobQueue } from "./queue.ts";
import { eventually } from "../../../../test/support/eventually.ts";

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let queue: JobQueue;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    queue = await openJobQueue(database.connection, quiet);
  });
  afterEach(() => queue.stop());

  function send(id: string): Promise<void> {
    return database.handle.db.transaction().execute((trx) => queue.send(trx, "build", id));
  }

  async function waiting(): Promise<readonly string[]> {
    const { rows } = await database.handle.pool.query<{ id: string }>("select data->>'id' as id from jobs.job where name = 'build' and state = 'created' order by 1");
    return rows.map(({ id }) => id);
  }

  it("sends nothing in a transaction that is rolled back", async () => {
    const failing = database.handle.db.transaction().execute(async (trx) => {
      await queue.send(trx, "build", "rolled-back");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await waiting()).toEqual([]);
  });

  it("keeps one waiting job for a row, however often it is sent", async () => {
    for (const id of ["a", "b", "a", "a"]) await send(id);
    expect(await waiting()).toEqual(["a", "b"]);
    const handled: string[] = [];
    await queue.work("build", 1, async (id) => void handled.push(id));
    await eventually(() => expect(handled.toSorted()).toEqual(["a", "b"]));
    // One that is under way or done does not keep the next from being sent: work is handed back like that.
    await send("a");
    await eventually(() => expect(handled.toSorted()).toEqual(["a", "a", "b"]));
  });

  it("delivers a job again after its handler threw", async () => {
    const attempts: string[] = [];
    await queue.work("build", 1, async (id) => {
      attempts.push(id);
      if (attempts.length === 1) throw new Error("the first worker fails");
    });
    await send("again");
    await eventually(() => expect(attempts).toEqual(["again", "again"]));
  });

  it("delivers a job to a queue that is opened later", async () => {
    await send("kept");
    await queue.stop();
    queue = await openJobQueue(database.connection, quiet);
    const handled: string[] = [];
    await queue.work("build", 1, async (id) => void handled.push(id));
    await eventually(() => expect(handled).toEqual(["kept"]));
  });
});
