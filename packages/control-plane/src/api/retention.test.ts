import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases } from "../../../../test/support/databases.ts";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { claimArtifact } from "../build/artifacts/keep.ts";
import { findBuild, type Build } from "../build/store.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { withTryLock } from "../database/locks.ts";
import { lockEnvironment } from "../deployment/environment-queue.ts";
import { tryLockFile } from "../processes/lock-file.ts";
import { cutRelease } from "../release/cut.ts";
import { removeArtifact } from "../retention/remove/artifact.ts";
import { removers } from "../retention/remove/remove.ts";
import { retentionLock, runRetention } from "../retention/run-retention.ts";
import { journalView } from "./views/journal.ts";
import { releaseView } from "./views/release.ts";
import { retentionView, type RetentionView } from "./views/retention.ts";

const digestOf = (letter: string): string => letter.repeat(64);
const longAgo = new Date("2020-01-01T00:00:00Z");

const names = ({ removals }: RetentionView): readonly string[] => removals.map(({ name }) => name);

describe.each(databases)("on $name", (server) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi(server, { MODYARD_KEEP_RELEASES: "1" });
  });
  afterAll(() => api?.close());
  beforeEach(async () => {
    await api.plane.handle.pool.query("truncate builds, releases, deployments, idempotency_keys, artifact_removals cascade");
    for (const name of ["artifacts", "environments", "cache", "going"]) rmSync(path(name), { recursive: true, force: true });
  });

  const path = (name: string): string => join(api.plane.dataDirectory, name);

  /** A file that nobody used for years. */
  function place(name: string, text = "x".repeat(10_000)): string {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
    utimesSync(path(name), longAgo, longAgo);
    utimesSync(dirname(path(name)), longAgo, longAgo);
    return path(name);
  }

  const artifactFile = (digest: string): string => place(`artifacts/${digest}.tar.zst`);

  async function insertBuild(digest: string | null, values: Record<string, unknown> = {}): Promise<Build> {
    const id = newUuid();
    const row = { id, status: "success", stage: "complete", profile: "monolith", manifestRef: "main", manifestHash: "0".repeat(64), change: "{}", modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }), requestedBy: "ada", reason: "", artifactDigest: digest, resultCommit: "2".repeat(40), composition: JSON.stringify({ modules: [], defaultEnabled: [] }), finishedAt: longAgo, ...values };
    await api.plane.handle.db.insertInto("builds").values(row).execute();
    return (await findBuild(api.plane.handle.db, id)) ?? expect.unreachable();
  }

  async function insertRelease(id: string, build: Build, values: Record<string, unknown> = {}): Promise<void> {
    const row = { id, status: "superseded", buildId: build.id, environment: "prod", artifactDigest: build.artifactDigest ?? "", surfaces: "[]", manifestHash: "0".repeat(64), sourceCommit: "2".repeat(40), composition: JSON.stringify({ modules: [], defaultEnabled: [] }), deployedAt: longAgo, ...values };
    await api.plane.handle.db.insertInto("releases").values(row).execute();
  }

  const preview = async (): Promise<RetentionView> => retentionView.parse((await api.ask("GET", "/admin/retention")).json());
  const run = async (body: Record<string, unknown> = {}): Promise<RetentionView> => retentionView.parse((await api.ask("POST", "/admin/retention", body)).json());

  it("tells what would go, and removes it when told to, with one entry in the journal", async () => {
    const old = await insertBuild(digestOf("a"));
    const newest = await insertBuild(digestOf("b"));
    const [gone, kept] = [artifactFile(digestOf("a")), artifactFile(digestOf("b"))];
    await insertRelease("rel_old", old, { deployedAt: new Date("2020-01-01") });
    await insertRelease("rel_new", newest, { deployedAt: new Date("2021-01-01") });
    expect(names(await preview())).toEqual([`artifacts/${digestOf("a")}`]);
    expect(names(await run({ dry_run: true }))).toEqual([`artifacts/${digestOf("a")}`]);
    expect([existsSync(gone), existsSync(kept)]).toEqual([true, true]);
    const done = await run({ reason: "spring cleaning" });
    expect([names(done), done.dry_run, existsSync(gone), existsSync(kept)]).toEqual([[`artifacts/${digestOf("a")}`], false, false, true]);
    const { events } = journalView.parse((await api.ask("GET", "/admin/events?limit=1")).json());
    expect(events[0]).toMatchObject({ action: "retention.removed", actor: "admin", reason: "spring cleaning", details: { count: 1, totals: { artifact: { count: 1 } }, artifacts: [digestOf("a")] } });
    expect(releaseView.parse((await api.ask("GET", "/admin/releases/rel_old")).json()).rollback).toMatchObject({ allowed: false, reasons: [{ code: "artifact_missing" }] });
    expect(names(await run())).toEqual([]);
  });

  it("says of an artifact that goes that it is gone, before it is; the next run finishes what a killed one began", async () => {
    await insertBuild(digestOf("b"));
    await insertRelease("rel_old", await insertBuild(digestOf("a"), { manifestRef: "other", status: "failed" }), { status: "rolled_back" });
    await insertRelease("rel_new", await insertBuild(digestOf("c"), { status: "failed" }), { deployedAt: new Date() });
    const file = artifactFile(digestOf("a"));
    await api.plane.handle.pool.query("insert into artifact_removals (digest) values ($1)", [digestOf("a")]);
    expect(releaseView.parse((await api.ask("GET", "/admin/releases/rel_old")).json()).rollback).toMatchObject({ allowed: false, reasons: [{ code: "artifact_missing" }] });
    await run();
    expect(existsSync(file)).toBe(false);
    expect((await api.plane.handle.pool.query("select from artifact_removals")).rowCount).toBe(0);
  });

  it("leaves an artifact to whoever said meanwhile that they need it", async () => {
    const file = artifactFile(digestOf("a"));
    const build = await insertBuild(digestOf("a"), { status: "running", finishedAt: null });
    await api.plane.handle.pool.query("insert into artifact_removals (digest) values ($1)", [digestOf("a")]);
    await api.plane.handle.db.transaction().execute((trx) => claimArtifact(trx, digestOf("a")));
    await run();
    expect([existsSync(file), await removeArtifact(api.plane.retention, { digest: build.artifactDigest ?? "" })]).toEqual([true, false]);
  });

  it("a build that is released in two environments while artifacts go: each release has its artifact, or there is none", async () => {
    const { db } = api.plane.handle;
    for (let round = 0; round < 12; round += 1) {
      const digest = digestOf((round % 16).toString(16));
      const build = await insertBuild(digest, { manifestRef: "side" });
      await insertBuild(null, { manifestRef: "side" });
      const file = artifactFile(digest);
      const release = async (environment: string): Promise<boolean> =>
        db.transaction().execute(async (trx) => {
          await lockEnvironment(trx, environment);
          await cutRelease(trx, { build, environment, surfaces: [], actor: "ada", reason: "" });
          if (!(await api.plane.artifacts.has(digest))) throw new Error("gone");
          return true;
        }).catch((error: unknown) => (error instanceof Error && error.message === "gone" ? false : Promise.reject(error)));
      const [prod, staging] = await Promise.all([release("prod"), release("staging"), removeArtifact(api.plane.retention, { digest }), removeArtifact(api.plane.retention, { digest })]);
      expect([round, existsSync(file)]).toEqual([round, prod || staging]);
      await api.plane.handle.pool.query("truncate builds, releases cascade");
    }
  });

  it("unpacked files go where nothing needs them, and not while a deployment is about them", async () => {
    const build = await insertBuild(digestOf("a"));
    await insertRelease("rel_1", build);
    await insertRelease("rel_2", await insertBuild(digestOf("b"), { status: "failed" }), { deployedAt: new Date() });
    const [prod, staging] = [place(`environments/prod/prepared/${digestOf("a")}/server.js`), place(`environments/staging/prepared/${digestOf("a")}/server.js`)];
    await api.plane.handle.db.insertInto("deployments").values({ id: newUuid(), status: "queued", kind: "rollback", environment: "prod", releaseId: "rel_1", buildId: build.id, steps: "[]", requestedBy: "ada", reason: "" }).execute();
    await run();
    expect([existsSync(prod), existsSync(staging)]).toEqual([true, false]);
    await api.plane.handle.pool.query("update deployments set status = 'cancelled'");
    await run();
    expect(existsSync(dirname(prod))).toBe(false);
    expect(existsSync(path("going")) ? readdirSync(path("going")) : []).toEqual([]);
  });

  it("caches go when nobody uses them: no build is under way, no lock is held", async () => {
    const tree = place("cache/npm/trees/tree1/package-lock.json");
    const target = place("cache/cargo/targets/slot1/record.json");
    const unlock = tryLockFile(path("cache/cargo/targets/slot1.lock"));
    const build = await insertBuild(null, { status: "running", finishedAt: null });
    expect(names(await preview()).toSorted()).toEqual(["cache/cargo/targets/slot1", "cache/npm/trees/tree1"]);
    expect(names(await run())).toEqual([]);
    unlock?.();
    await api.plane.handle.pool.query("update builds set status = 'failed', finished_at = now() where id = $1", [build.id]);
    expect(names(await run()).toSorted()).toEqual(["cache/cargo/targets/slot1", "cache/npm/trees/tree1"]);
    expect([existsSync(dirname(tree)), existsSync(dirname(target))]).toEqual([false, false]);
  });

  it("puts a line in the place of an old log, and forgets old answers to repeated requests", async () => {
    const old = await insertBuild(null, { status: "failed" });
    const young = await insertBuild(null, { status: "failed", finishedAt: new Date() });
    const rows = [old, young].flatMap(({ id }) => [1, 2, 3].map((line) => ({ buildId: id, line, step: "compile", stream: "stdout", text: `line ${line}` })));
    await api.plane.handle.db.insertInto("buildLogs").values(rows).execute();
    await api.plane.handle.pool.query("insert into idempotency_keys (key, actor, request_hash, created_at) values ('old', 'ada', 'h', now() - interval '25 hours'), ('young', 'ada', 'h', now())");
    await run();
    const logs = async ({ id }: Build): Promise<unknown> => (await api.ask("GET", `/admin/builds/${toPublicId("bld", id)}/logs`)).json<{ lines: { line: number; text: string }[] }>().lines.map(({ line, text }) => [line, text]);
    expect(await logs(old)).toEqual([[4, "the log was removed to make room; it was older than 30 days"]]);
    expect(await logs(young)).toHaveLength(3);
    expect((await api.plane.handle.pool.query("select key from idempotency_keys where key in ('old', 'young')")).rows).toEqual([{ key: "young" }]);
    await run();
    expect(await logs(old)).toHaveLength(1);
  });

  it("keeps the newer half of a server's log", async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index} ${"x".repeat(90)}\n`).join("");
    const file = place("environments/prod/gateway.log", lines);
    await run();
    const kept = readFileSync(file, "utf8");
    expect(kept.length).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(lines.endsWith(kept)).toBe(true);
    expect(kept).toMatch(/^line \d+ x+\n/);
  });

  it("runs in one process at a time, and says so", async () => {
    await withTryLock(api.plane.handle, retentionLock(api.plane.dataDirectory), async () => {
      expect((await api.ask("POST", "/admin/retention")).json()).toMatchObject({ status: 409, code: "retention_running" });
      expect(await runRetention(api.plane.retention, { actor: "modyard", reason: "" })).toBeUndefined();
    });
    expect((await api.ask("POST", "/admin/retention")).statusCode).toBe(200);
  });

  it("artifacts that were set aside go after their days, and not before", async () => {
    const file = artifactFile(digestOf("a"));
    await expect(api.plane.artifacts.unpack(digestOf("a"), path("unpacked"))).rejects.toMatchObject({ code: "artifact_damaged" });
    const damaged = `artifacts/${digestOf("a")}.tar.zst.damaged`;
    expect([existsSync(file), existsSync(path(damaged)), names(await preview())]).toEqual([false, true, []]);
    place(damaged);
    const { removals } = await run({ dry_run: true });
    expect(removals).toMatchObject([{ kind: "damaged_artifact", name: damaged, why: "not used for 30 days" }]);
    expect([names(await run()), existsSync(path(damaged))]).toEqual([[damaged], false]);
  });

  it("one thing that cannot be removed does not keep the others", async () => {
    place("environments/prod/gateway.log", "short");
    await expect(removers.server_log(api.plane.retention, { kind: "server_log", name: "environments/prod/nowhere.log", bytes: 1, usedAt: longAgo })).rejects.toThrow();
    place("cache/npm/trees/tree1/package-lock.json");
    place("going/half/file");
    expect(names(await run()).toSorted()).toEqual(["cache/npm/trees/tree1", "going/half"]);
  });
});

describe("a disk that is nearly full", () => {
  it("refuses builds before they are queued, after it made what room it can, and says what could still go", async () => {
    const api = await openTestApi(undefined, { MODYARD_FREE_MEGABYTES: "1000000000" });
    try {
      mkdirSync(join(api.plane.dataDirectory, "cache/npm/trees/tree1"), { recursive: true });
      utimesSync(join(api.plane.dataDirectory, "cache/npm/trees/tree1"), longAgo, longAgo);
      const response = await api.ask("POST", "/admin/builds", { install: ["forum"] });
      expect(response.json()).toMatchObject({ status: 507, code: "disk_full", detail: expect.stringContaining("nothing that may be removed is left") as string, problems: [{ details: { removable_bytes: 0 } }] });
      expect(existsSync(join(api.plane.dataDirectory, "cache/npm/trees/tree1"))).toBe(false);
      expect((await api.plane.handle.pool.query("select from builds")).rowCount).toBe(0);
      const { events } = journalView.parse((await api.ask("GET", "/admin/events")).json());
      expect(events.map(({ action, actor, reason }) => [action, actor, reason])).toEqual([["retention.removed", "modyard", "the disk is nearly full"], ["token.created", "modyard", ""]]);
      // A plan harms nothing.
      expect((await api.ask("POST", "/admin/plans", { install: ["forum"] })).statusCode).toBe(200);
    } finally {
      await api.close();
    }
  });
});
