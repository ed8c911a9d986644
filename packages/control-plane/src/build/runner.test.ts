import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { toPublicId } from "../database/identifiers.ts";
import { readLog } from "./log.ts";
import { runBuild } from "./runner.ts";
import { getBuild, type Build, type BuildPatch } from "./store.ts";

/** What a worker finds when it has the lock: the world went on since the build was queued. Nothing here is compiled. */
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api?.close());
beforeEach(() => api.plane.handle.pool.query("truncate builds cascade"));

const digest = "d".repeat(64);

async function request(change: Record<string, unknown> = {}): Promise<Build> {
  const { build_id: id } = (await api.ask("POST", "/admin/builds", { reason: "test", ...change })).json<{ build_id: string }>();
  return getBuild(api.plane.handle.db, id);
}

/** Two requests of one key that are two builds: the second shall also be deployed. */
async function twins(): Promise<readonly [Build, Build]> {
  const both = [await request({ install: ["forum"] }), await request({ install: ["forum"], deploy_to: "prod" })] as const;
  expect(both[0].buildKey).toBe(both[1].buildKey);
  expect(both[0].id).not.toBe(both[1].id);
  return both;
}

async function set({ id }: Build, patch: BuildPatch & { readonly status?: string }): Promise<void> {
  await api.plane.handle.db.updateTable("builds").set({ ...patch, updatedAt: new Date() }).where("id", "=", id).execute();
}

async function run({ id }: Build) {
  let deployed = 0;
  await runBuild(api.plane, id, new AbortController().signal, () => Promise.resolve(void (deployed += 1)));
  const { db } = api.plane.handle;
  const build = await getBuild(db, toPublicId("bld", id));
  const steps = (await db.selectFrom("buildSteps").select("name").where("buildId", "=", id).orderBy("position").execute()).map(({ name }) => name);
  const log = (await readLog(db, id, 0, 100)).map(({ text }) => text).join("\n");
  const journal = await db.selectFrom("journal").select(["action", "details"]).where("subjectId", "=", toPublicId("bld", id)).orderBy("id").execute();
  return { build, steps, log, journal, deployed };
}

/** As a build that went well left it: its commit is on the branch, its artifact in the store. */
async function made(build: Build): Promise<BuildPatch> {
  mkdirSync(join(api.plane.dataDirectory, "artifacts"), { recursive: true });
  writeFileSync(join(api.plane.dataDirectory, "artifacts", `${digest}.tar.zst`), "artifact");
  const { commit } = await api.plane.reader.snapshot(build.manifestRef);
  return { artifactDigest: digest, artifactBytes: 8, resultCommit: commit, landedKey: build.buildKey };
}

test("what was built meanwhile is not built again: its artifact is used", async () => {
  const [first, second] = await twins();
  await set(first, { status: "success", stage: "complete", ...(await made(first)) });
  const { build, steps, log, journal, deployed } = await run(second);
  expect(build).toMatchObject({ status: "success", artifactDigest: digest });
  expect(steps).toEqual(["checkout", "render"]);
  expect(log).toContain("the same build exists already");
  expect(journal.at(-1)).toMatchObject({ action: "build.succeeded", details: { sameAs: toPublicId("bld", first.id) } });
  expect(deployed).toBe(1);
});

test("what failed meanwhile for a reason that would come again fails at once, with that reason", async () => {
  const [first, second] = await twins();
  const error = { problems: [{ code: "compile_failed", message: "it does not compile", hint: "mend it", module: "forum" }], step: "compile", excerpt: ["error: no"], deterministic: true };
  await set(first, { status: "failed", error: JSON.stringify(error) });
  const { build, steps, log, deployed } = await run(second);
  expect(build).toMatchObject({ status: "failed", error });
  expect(steps).toEqual(["checkout", "render"]);
  expect(log).toContain(toPublicId("bld", first.id));
  expect(deployed).toBe(0);
});

test("a build whose third worker was lost fails and says so; the fourth compiles nothing", async () => {
  const build = await request({ install: ["forum"] });
  await set(build, { attempt: 3 });
  const after = await run(build);
  expect(after.build).toMatchObject({ status: "failed", error: { problems: [{ code: "build_gave_up", message: `build ${toPublicId("bld", build.id)} lost its worker 3 times` }], deterministic: false } });
  expect(after.steps).toEqual([]);
  expect(after.journal.at(-1)).toMatchObject({ action: "build.failed" });
});

test("unless all that is left is to say that it landed", async () => {
  const build = await request({ install: ["forum"] });
  await set(build, { attempt: 3, ...(await made(build)) });
  const after = await run(build);
  expect(after.build).toMatchObject({ status: "success", artifactDigest: digest });
  expect(after.steps).toEqual(["land"]);
});
