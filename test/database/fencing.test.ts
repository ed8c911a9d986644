import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { finishFailure, finishSuccess } from "../../packages/control-plane/src/build/finish.ts";
import { takeLease } from "../../packages/control-plane/src/build/lease.ts";
import { leaseSeconds } from "../../packages/control-plane/src/jobs/leases/protocol.ts";
import { openBuildLog, readLog } from "../../packages/control-plane/src/build/log.ts";
import { findBuild, moveBuild, patchBuild, type Build } from "../../packages/control-plane/src/build/store.ts";
import type { DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { newUuid, toPublicId } from "../../packages/control-plane/src/database/identifiers.ts";
import { beginDeployment, recordActivation, recordSuccess, type HeldDeployment } from "../../packages/control-plane/src/deployment/record.ts";
import { insertDeployment, type Deployment } from "../../packages/control-plane/src/deployment/store.ts";
import { appendJournal } from "../../packages/control-plane/src/journal/journal.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import { findRelease, moveRelease, type Release } from "../../packages/control-plane/src/release/store.ts";
import { openJobQueue, type JobQueue } from "../../packages/control-plane/src/jobs/queue.ts";
import { emptyComposition, storeBuild, storeSuccess } from "../support/database.ts";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../support/databases.ts";

describe.each(databases)("on $name", (server) => {
  let database: TestDatabase;
  let handle: DatabaseHandle;
  let jobs: JobQueue;
  beforeAll(async () => {
    database = await openTestDatabase(server);
    ({ handle } = database);
    jobs = await openJobQueue(database.connection, quiet);
  });
  afterAll(async () => {
    await jobs?.stop();
    await database?.close();
  });

  const take = (id: string, holder: string) => takeLease(handle.db, id, holder);
  const run = async (build: Build | undefined): Promise<Build> => moveBuild(handle.db, build?.id ?? "", "running", {}, build);
  const expire = (table: "builds" | "deployments", id: string) => handle.db.updateTable(table).set({ leaseExpiresAt: sql<Date>`now() - interval '1 second'` }).where("id", "=", id).execute();
  const journalOf = async (id: string) => (await handle.db.selectFrom("journal").select("action").where("subjectId", "=", id).orderBy("id").execute()).map(({ action }) => action);
  const failure = { problems: [], step: "compile", excerpt: [], deterministic: true };

  async function release(environment: string): Promise<Release> {
    const build = await storeSuccess(handle);
    return cutRelease(handle.db, { build, environment, surfaces: [], actor: "ada", reason: "test" });
  }

  const deploymentOf = ({ id, buildId, environment }: Release): Promise<Deployment> =>
    insertDeployment(handle.db, { id: newUuid(), status: "queued", kind: "deploy", environment, releaseId: id, buildId, steps: "[]", requestedBy: "ada", reason: "test" });

  const start = (id: string) => handle.db.updateTable("deployments").set({ status: "running" }).where("id", "=", id).execute();

  async function hold(id: string, holder: string): Promise<HeldDeployment> {
    const begun = await beginDeployment(handle, id, holder);
    if (begun.kind !== "held") throw new Error(begun.kind);
    return begun.held;
  }

  describe("the lease of a build", () => {
    test("one of many who want it at once gets it", async () => {
      const { id } = await storeBuild(handle);
      const taken = await Promise.all(Array.from({ length: 8 }, async (_, index) => handle.db.transaction().execute(async (trx) => {
        const mine = await takeLease(trx, id, `worker ${index}`);
        return mine === undefined ? undefined : moveBuild(trx, id, "running", {}, mine);
      })));
      expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
    });

    test("it cannot be taken while it is held, and can when it ran out", async () => {
      const first = await run(await take((await storeBuild(handle)).id, "one"));
      expect(await take(first.id, "two")).toBeUndefined();
      expect(Number(first.leaseExpiresAt) - Date.now()).toBeGreaterThan((leaseSeconds - 5) * 1000);
      await expire("builds", first.id);
      expect(await take(first.id, "two")).toMatchObject({ leaseHolder: "two", leaseToken: expect.any(Number) as number, attempt: first.attempt + 1 });
    });

    test("every write of the old holder is refused and changes nothing, journal included", async () => {
      const old = await run(await take((await storeBuild(handle)).id, "one"));
      await expire("builds", old.id);
      const present = await take(old.id, "two");
      const result = { artifact: { digest: "d", bytes: 1 }, composition: emptyComposition, resultCommit: "c", landedKey: "k" };
      const after = vi.fn();
      const lost = expect.objectContaining({ code: "lease_lost" });
      await expect(patchBuild(handle.db, old.id, { progress: 50 }, old)).rejects.toThrow(lost);
      await expect(finishSuccess({ handle, jobs }, old, result, after)).rejects.toThrow(lost);
      await expect(finishFailure({ handle, jobs }, old, failure)).rejects.toThrow(lost);
      expect(after).not.toHaveBeenCalled();
      expect(await findBuild(handle.db, old.id)).toEqual(present);
      expect(await journalOf(toPublicId("bld", old.id))).toEqual([]);
      await finishFailure({ handle, jobs }, present ?? old, failure);
      expect(await findBuild(handle.db, old.id)).toMatchObject({ status: "failed" });
      expect(await journalOf(toPublicId("bld", old.id))).toEqual(["build.failed"]);
    });

    test("a build that is over can neither be taken nor move", async () => {
      const { id } = await storeSuccess(handle);
      expect(await take(id, "one")).toBeUndefined();
      await expect(moveBuild(handle.db, id, "running", {})).rejects.toThrow(expect.objectContaining({ code: "build_transition_refused" }));
    });

    test("what follows a success is saved with it or not at all", async () => {
      const held = await run(await take((await storeBuild(handle)).id, "one"));
      const result = { artifact: { digest: "d", bytes: 1 }, composition: emptyComposition, resultCommit: "c", landedKey: "k" };
      await expect(finishSuccess({ handle, jobs }, held, result, () => Promise.reject(new Error("no deployment")))).rejects.toThrow("no deployment");
      expect(await findBuild(handle.db, held.id)).toMatchObject({ status: "running", artifactDigest: null });
      expect(await journalOf(toPublicId("bld", held.id))).toEqual([]);
    });
  });

  describe("the log of a build", () => {
    test("lines of one holder after the other have no gap and are never changed", async () => {
      const { id } = await storeBuild(handle);
      const first = await openBuildLog(handle.db, id, ["s3cret-value"]);
      for (let line = 1; line <= 1_200; line += 1) first.write("compile", "stdout", `line ${line}`);
      await first.flush();
      const late = await openBuildLog(handle.db, id, []);
      const second = await openBuildLog(handle.db, id, ["s3cret-value"]);
      second.write("test", "stderr", "\u001b[31mred\u001b[39m with s3cret-value and \0");
      await second.flush();
      late.write("compile", "stdout", "late words of the old holder");
      await late.flush();
      const lines = await readLog(handle.db, id, 0, 5_000);
      expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 1_201 }, (_, index) => index + 1));
      expect(lines.at(-1)).toMatchObject({ step: "test", stream: "stderr", text: "\u001b[31mred\u001b[39m with *** and \u{FFFD}" });
      expect((await readLog(handle.db, id, 1_199, 10)).map(({ line }) => line)).toEqual([1_200, 1_201]);
    });
  });

  describe("releases", () => {
    test("two of one second have two ids, however many are cut at once", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: new Date("2030-01-01T00:00:00Z") });
      try {
        const build = await storeSuccess(handle);
        const cut = () => handle.db.transaction().execute((trx) => cutRelease(trx, { build, environment: "ids", surfaces: [], actor: "ada", reason: "" }));
        const first = await cut();
        const others = await Promise.all([cut(), cut(), cut()]);
        const base = "rel_20300101_000000";
        expect([first, ...others].map(({ id }) => id).toSorted()).toEqual([base, `${base}_2`, `${base}_3`, `${base}_4`]);
      } finally {
        vi.useRealTimers();
      }
    });

    test("only a successful build can be released", async () => {
      const build = await storeBuild(handle, { status: "failed" });
      await expect(cutRelease(handle.db, { build, environment: "x", surfaces: [], actor: "ada", reason: "" })).rejects.toThrow(expect.objectContaining({ code: "build_not_successful" }));
    });

    test("the database itself allows one active release per environment, and one in each", async () => {
      const [first, second, elsewhere] = await Promise.all([release("one-active"), release("one-active"), release("one-active-too")]);
      for (const each of [first, second, elsewhere]) await moveRelease(handle.db, each.id, "deploying");
      await moveRelease(handle.db, first.id, "active");
      await moveRelease(handle.db, elsewhere.id, "active");
      await expect(handle.db.updateTable("releases").set({ status: "active" }).where("id", "=", second.id).execute()).rejects.toThrow("releases_one_active");
    });

    test("and one running deployment per environment", async () => {
      const [first, second] = await Promise.all([deploymentOf(await release("one-running")), deploymentOf(await release("one-running"))]);
      await start(first.id);
      await expect(start(second.id)).rejects.toThrow("deployments_one_running");
    });
  });

  describe("deployments", () => {
    test("a second one of the environment waits", async () => {
      const [first, second] = [await deploymentOf(await release("waits")), await deploymentOf(await release("waits"))];
      const begun = await Promise.all([beginDeployment(handle, first.id, "one"), beginDeployment(handle, second.id, "two")]);
      expect(begun.map(({ kind }) => kind).toSorted()).toEqual(["busy", "held"]);
    });

    test("who lost the lease can no longer say what is active", async () => {
      const wanted = await release("fenced");
      const old = await hold((await deploymentOf(wanted)).id, "one");
      await expire("deployments", old.deployment.id);
      const present = await hold(old.deployment.id, "two");
      const lost = expect.objectContaining({ code: "lease_lost" });
      await expect(recordActivation(handle, old)).rejects.toThrow(lost);
      await expect(recordSuccess({ handle, jobs }, old, [])).rejects.toThrow(lost);
      expect(await findRelease(handle.db, wanted.id)).toMatchObject({ status: "deploying" });
      await recordActivation(handle, present);
      await recordActivation(handle, present);
      await recordSuccess({ handle, jobs }, present, []);
      expect(await findRelease(handle.db, wanted.id)).toMatchObject({ status: "active", previousReleaseId: null });
      expect(await journalOf(wanted.id)).toEqual(["release.created", "release.activated"]);
    });
  });

  describe("the journal", () => {
    test.each(["update journal set reason = 'forged'", "delete from journal", "truncate journal"])("refuses %j", async (statement) => {
      await appendJournal(handle.db, { actor: "ada", action: "build.requested", subjectType: "build", subjectId: "x" });
      const count = async () => (await sql<{ n: number }>`select count(*)::int as n from journal where reason <> 'forged'`.execute(handle.db)).rows[0]?.n;
      const before = await count();
      await expect(sql.raw(statement).execute(handle.db)).rejects.toThrow("the journal is append-only");
      expect(await count()).toBe(before);
    });

    test("an entry whose change is rolled back is not there", async () => {
      const gone = handle.db.transaction().execute(async (trx) => {
        await appendJournal(trx, { actor: "ada", action: "build.requested", subjectType: "build", subjectId: "rolled-back" });
        throw new Error("no");
      });
      await expect(gone).rejects.toThrow("no");
      expect(await journalOf("rolled-back")).toEqual([]);
    });
  });
});
