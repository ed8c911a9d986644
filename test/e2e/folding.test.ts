import { afterAll, beforeAll, expect, test } from "vitest";
import { buildsView } from "../../packages/control-plane/src/api/views/build.ts";
import { leasesView } from "../../packages/control-plane/src/api/views/lease.ts";
import { TestControlPlane } from "../support/control-plane.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open({ modules: ["broken-compile"] });
});
afterAll(() => plane?.close());

const modulesOf = async () => Object.keys(((await (await plane.api.raw("GET", "/manifest")).json()) as { modules: object }).modules).toSorted();
const ask = (change: object, requestedBy: string, reason: string) => plane.api.requestBuild({ ...change, requested_by: requestedBy, reason });

/** Something that occupies the branch while others ask. */
async function occupy() {
  const { build_id: id } = await plane.api.requestBuild({ force: true, requested_by: "ada", reason: "occupy the branch" });
  await plane.api.buildWhen(id, ({ stage }) => stage === "build");
  return id;
}

test("requests that wait are one build: the union of what they ask for, the last word where they disagree, every reason kept", async () => {
  const busy = await occupy();
  const first = await ask({ install: ["forum"] }, "ada", "we want a forum");
  const second = await ask({ install: ["blog"] }, "grace", "and a blog");
  const third = await ask({ uninstall: ["forum"] }, "joan", "no forum after all");
  expect([first.outcome, second.outcome, third.outcome]).toEqual(["queued", "folded", "folded"]);
  expect(new Set([first, second, third].map(({ build_id: id }) => id)).size).toBe(1);
  const { leases } = await plane.api.get("/leases", leasesView);
  expect(leases).toMatchObject([{ subject_id: busy, kind: "build", resource: "main", holder: expect.any(String) as string, expired: false }]);
  const build = await plane.api.waitForBuild(first.build_id);
  expect(build).toMatchObject({ status: "success", requests: [{ requested_by: "ada", reason: "we want a forum" }, { requested_by: "grace", reason: "and a blog" }, { requested_by: "joan", reason: "no forum after all" }] });
  expect(build.modules_delta.added.map(({ slug }) => slug)).toEqual(["blog"]);
  expect(await modulesOf()).toEqual(["blog", "commerce", "content", "pages"]);
  const message = await plane.git("log", "-1", "--format=%B", "main");
  for (const told of ["we want a forum", "and a blog", "no forum after all", "Requested-by: ada", "Requested-by: grace", "Requested-by: joan"]) expect(message).toContain(told);
  const actions = (await plane.api.journal()).filter(({ subject_id: id }) => id === first.build_id).map(({ action, actor, reason }) => `${action} ${actor}: ${reason}`);
  expect(actions.slice(0, 3)).toEqual(["build.requested admin: we want a forum", "build.folded admin: and a blog", "build.folded admin: no forum after all"]);
});

test("a module that does not build does not take the others' wishes with it: each is built alone", async () => {
  await occupy();
  const good = await ask({ install: ["forum"] }, "ada", "the forum again");
  const bad = await ask({ install: ["broken-compile"] }, "mallory", "this will not compile");
  expect(bad).toMatchObject({ outcome: "folded", build_id: good.build_id });
  const folded = await plane.api.waitForBuild(good.build_id);
  expect(folded).toMatchObject({ status: "failed", error: { problems: [{ module: "broken-compile" }] } });
  const alone = async () => (await plane.api.get("/builds?limit=20", buildsView)).builds.filter(({ unfolded_from: from }) => from === folded.id);
  expect((await alone()).map(({ reason }) => reason).toSorted()).toEqual(["the forum again", "this will not compile"]);
  const ended = await Promise.all((await alone()).map(({ id }) => plane.api.waitForBuild(id)));
  expect(Object.fromEntries(ended.map(({ reason, status }) => [reason, status]))).toEqual({ "the forum again": "success", "this will not compile": "failed" });
  expect(await modulesOf()).toEqual(["blog", "commerce", "content", "forum", "pages"]);
});

test("what shall go to different environments is not folded", async () => {
  await occupy();
  const plain = await ask({ uninstall: ["blog"] }, "ada", "without deploying");
  const deployed = await ask({ uninstall: ["forum"], deploy_to: "prod" }, "ada", "and live");
  expect([plain.outcome, deployed.outcome]).toEqual(["queued", "queued"]);
  for (const { build_id: id } of [plain, deployed]) expect((await plane.api.waitForBuild(id)).status).toBe("success");
  expect(await modulesOf()).toEqual(["commerce", "content", "pages"]);
});
