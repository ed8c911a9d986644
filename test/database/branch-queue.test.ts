import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { nextOnBranch } from "../../packages/control-plane/src/build/branch-queue.ts";
import { finishFailure } from "../../packages/control-plane/src/build/finish.ts";
import { takeLease } from "../../packages/control-plane/src/build/lease.ts";
import { findBuild, moveBuild, patchBuild, type Build } from "../../packages/control-plane/src/build/store.ts";
import type { DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { toPublicId } from "../../packages/control-plane/src/database/identifiers.ts";
import { asHolder } from "../../packages/control-plane/src/jobs/leases/as-holder.ts";
import { openJobQueue, type JobQueue } from "../../packages/control-plane/src/jobs/queue.ts";
import { listLeases, takeOver } from "../../packages/control-plane/src/deployment/leases.ts";
import { storeBuild } from "../support/database.ts";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";

const subjectOf = ({ id, leaseToken: token }: Build) => ({ table: "builds", id, token }) as const;
const awake = { isValid: () => true };

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let handle: DatabaseHandle;
  let jobs: JobQueue;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    ({ handle } = database);
    jobs = await openJobQueue(database.connection, quiet);
  });
  afterAll(async () => {
    await jobs?.stop();
    await database?.close();
  });

  const failure = { problems: [], step: "compile", excerpt: [], deterministic: true };

  const begin = (id: string, holder = "one"): Promise<Build | undefined> =>
    handle.db.transaction().execute(async (trx) => {
      const taken = await takeLease(trx, id, holder);
      return taken === undefined || taken.status === "running" ? taken : moveBuild(trx, id, "running", { startedAt: new Date() }, taken);
    });

  async function held(id: string): Promise<Build> {
    const build = await begin(id);
    if (build === undefined) throw new Error("busy");
    return build;
  }

  /** Until so many connections wait for a lock. */
  async function waitingForLocks(count: number): Promise<void> {
    await eventually(async () => {
      const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(handle.db);
      expect(rows[0]?.waiting).toBe(count);
    });
  }

  const jobsFor = async (id: string): Promise<number> => Number((await sql<{ count: string }>`select count(*) from jobs.job where state = 'created' and data ->> 'id' = ${id}`.execute(handle.db)).rows[0]?.count);

  describe("one build of a branch runs at a time", () => {
    test("the next one waits and is woken when the first is over", async () => {
      const [first, second, elsewhere] = [await storeBuild(handle, { manifestRef: "one-at-a-time" }), await storeBuild(handle, { manifestRef: "one-at-a-time" }), await storeBuild(handle)];
      const running = await held(first.id);
      expect(await begin(second.id)).toBeUndefined();
      expect(await begin(elsewhere.id)).toBeDefined();
      expect(await jobsFor(second.id)).toBe(0);
      await finishFailure({ handle, jobs }, running, failure);
      expect(await jobsFor(second.id)).toBe(1);
      expect(await begin(second.id)).toMatchObject({ status: "running" });
    });

    test("of many that begin at once one gets the branch", async () => {
      const builds = await Promise.all(Array.from({ length: 6 }, () => storeBuild(handle, { manifestRef: "many" })));
      const begun = await Promise.all(builds.map(({ id }) => begin(id)));
      expect(begun.filter((build) => build !== undefined)).toHaveLength(1);
    });

    test("the database itself refuses a second one", async () => {
      await storeBuild(handle, { manifestRef: "by-the-database", status: "running" });
      await expect(storeBuild(handle, { manifestRef: "by-the-database", status: "running" })).rejects.toThrow("builds_one_running");
    });

    test("environments take turns, and within one who came first goes first", async () => {
      const waiting: Build[] = [];
      for (const deployTo of ["prod", "prod", "staging", "prod", null]) waiting.push(await storeBuild(handle, { manifestRef: "turns", deployTo }));
      const order: string[] = [];
      for (let next = await nextOnBranch(handle.db, "turns"); next !== undefined; next = await nextOnBranch(handle.db, "turns")) {
        const build = await held(next);
        order.push(`${build.deployTo ?? "nowhere"} ${waiting.findIndex(({ id }) => id === build.id)}`);
        await finishFailure({ handle, jobs }, build, failure);
      }
      expect(order).toEqual(["prod 0", "staging 2", "nowhere 4", "prod 1", "prod 3"]);
    });
  });

  describe("tokens", () => {
    test("grow with every holder of anything", async () => {
      const tokens = [];
      for (let round = 0; round < 3; round += 1) tokens.push((await held((await storeBuild(handle)).id)).leaseToken);
      expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
      expect(new Set(tokens).size).toBe(3);
    });

    test("while a holder acts outside the database nobody else becomes the holder, however long its lease is over", async () => {
      const build = await held((await storeBuild(handle)).id);
      const expire = () => handle.db.updateTable("builds").set({ leaseExpiresAt: sql<Date>`now() - interval '1 second'` }).where("id", "=", build.id).execute();
      await expire();
      const [entered, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const acting = asHolder(handle, subjectOf(build), awake, () => {
        entered.resolve();
        return release.promise;
      });
      await entered.promise;
      const other = begin(build.id, "two");
      await waitingForLocks(1);
      release.resolve();
      await acting;
      expect(await other).toBeUndefined();
      await expire();
      expect(await begin(build.id, "two")).toMatchObject({ leaseHolder: "two" });
      await expect(asHolder(handle, subjectOf(build), awake, () => Promise.resolve("late"))).rejects.toThrow(expect.objectContaining({ code: "lease_lost" }));
    });
  });

  test("a holder that stood still until its lease ran out acts no more, even though nobody took it yet", async () => {
    const build = await held((await storeBuild(handle)).id);
    const action = vi.fn(() => Promise.resolve());
    await expect(asHolder(handle, subjectOf(build), { isValid: () => false }, action)).rejects.toThrow(expect.objectContaining({ code: "lease_lost" }));
    expect(action).not.toHaveBeenCalled();
  });

  describe("taking over", () => {
    test("shows who holds what, takes it away, tells the journal, and refuses what the old holder still writes", async () => {
      const build = await held((await storeBuild(handle, { manifestRef: "taken-over" })).id);
      const id = toPublicId("bld", build.id);
      await handle.db.insertInto("buildSteps").values({ buildId: build.id, attempt: build.attempt, position: 1, name: "compile", status: "running" }).execute();
      const mine = async () => (await listLeases(handle)).find(({ subjectId }) => subjectId === id);
      expect(await mine()).toMatchObject({ kind: "build", resource: "taken-over", holder: "one", step: "compile", attempt: 1, expired: false, token: build.leaseToken });
      await takeOver({ handle, jobs }, id, "ada", "it hangs");
      expect(await mine()).toMatchObject({ expired: true });
      expect(await mine()).not.toHaveProperty("holder");
      expect(await jobsFor(build.id)).toBe(1);
      await expect(patchBuild(handle.db, build.id, { progress: 50 }, build)).rejects.toThrow(expect.objectContaining({ code: "lease_lost" }));
      const entry = await handle.db.selectFrom("journal").selectAll().where("subjectId", "=", id).where("action", "=", "lease.taken_over").executeTakeFirst();
      expect(entry).toMatchObject({ actor: "ada", reason: "it hangs", details: { holder: "one", branch: "taken-over" } });
      expect(await begin(build.id, "two")).toMatchObject({ leaseHolder: "two", attempt: 2 });
      expect(await findBuild(handle.db, build.id)).toMatchObject({ status: "running" });
    });

    test.each([
      ["a build that nobody holds", async () => toPublicId("bld", (await storeBuild(handle)).id)],
      ["what is no identifier", () => Promise.resolve("../etc")],
    ])("refuses %s", async (_, name) => {
      await expect(takeOver({ handle, jobs }, await name(), "ada", "")).rejects.toThrow(expect.objectContaining({ code: "lease_not_found" }));
    });
  });
});
