import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildsView } from "../../packages/control-plane/src/api/views/build.ts";
import { planView } from "../../packages/control-plane/src/api/views/plan.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { processesWith } from "../support/processes.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open();
});
afterAll(() => plane?.close());

const by = { requested_by: "ada" };
const builds = async () => (await plane.api.get("/builds?limit=200", buildsView)).builds;
const modulesOf = async () => Object.keys(((await (await plane.api.raw("GET", "/manifest")).json()) as { modules: object }).modules).toSorted();
const plan = (change: object) => plane.api.post("/plans", change, planView);
/** Processes that builds of this server started: they live in a workspace of its data directory. */
const buildProcesses = () => processesWith({ environment: `${plane.data}/workspaces/` });

describe("one after the other", () => {
  test("a plan that was confirmed before another build landed is refused, and nothing is queued", async () => {
    const confirmed = await plan({ install: ["forum"] });
    await writeFile(join(plane.host, "modules.toml"), `${await plane.git("show", "main:modules.toml")}\n`.replace('["content", "commerce", "pages"]', '["content", "commerce"]'));
    await plane.git("commit", "--quiet", "--all", "--message", "Pages is off by default");
    const before = (await builds()).length;
    const refusal = await plane.api.refused("POST", "/builds", { install: ["forum"], plan_hash: confirmed.plan_hash, ...by });
    expect(refusal).toMatchObject({ status: 409, problem: { code: "plan_stale" } });
    expect(await builds()).toHaveLength(before);
    expect((await plan({ install: ["forum"] })).plan_hash).not.toBe(confirmed.plan_hash);
  });

  test("a change that may not be made is refused by name", async () => {
    const refusal = await plane.api.refused("POST", "/builds", { install: ["nonsense"], ...by });
    expect(refusal).toMatchObject({ status: 409, problem: { code: "plan_blocked" } });
    expect(refusal.problem.problems.map(({ code }) => code)).toContain("module_unknown");
  });
});

describe("at the same instant", () => {
  test("two installs both land, and the composition has both", async () => {
    const before = await plane.git("rev-parse", "main");
    const requested = await Promise.all(["forum", "blog"].map((slug) => plane.api.requestBuild({ install: [slug], reason: `install ${slug}`, ...by })));
    const ids = new Set(requested.map(({ build_id: id }) => id));
    // Two builds, or one that both are folded into: it depends on whether a worker was quicker than the second request.
    expect(ids.size).toBe(requested.some(({ outcome }) => outcome === "folded") ? 1 : 2);
    const done = await Promise.all(requested.map(({ build_id: id }) => plane.api.waitForBuild(id)));
    expect(done.map(({ status }) => status)).toEqual(["success", "success"]);
    expect(await modulesOf()).toEqual(["blog", "commerce", "content", "forum", "pages"]);
    expect(await plane.git("rev-list", "--count", `${before}..main`)).toBe(String(ids.size));
    const last = done.find(({ result_commit: commit }) => commit !== null && done.every(({ source_commit: source }) => source !== commit));
    expect(last?.modules?.map(({ slug }) => slug).toSorted()).toEqual(["blog", "commerce", "content", "forum", "pages"]);
    expect(await plane.git("rev-parse", "main")).toBe(last?.result_commit);
  });

  test("two equal requests are one build", async () => {
    const before = (await builds()).length;
    const change = { uninstall: ["blog"], reason: "no blog", ...by };
    const [first, second] = await Promise.all([plane.api.requestBuild(change), plane.api.requestBuild(change)]);
    expect(first.build_id).toBe(second.build_id);
    expect([first.outcome, second.outcome].toSorted()).toEqual(["joined", "queued"]);
    expect((await plane.api.waitForBuild(first.build_id)).status).toBe("success");
    expect(await builds()).toHaveLength(before + 1);
  });
});

describe("again", () => {
  test("a request for what is there is answered with the build that made it, and builds nothing", async () => {
    const [newest] = await builds();
    const before = (await builds()).length;
    const again = await plane.api.requestBuild({ uninstall: ["blog"], reason: "once more", ...by });
    expect(again).toMatchObject({ build_id: newest?.id, status: "success", outcome: "done" });
    expect(await builds()).toHaveLength(before);
    const events = await plane.api.journal();
    expect(events.at(-1)).toMatchObject({ action: "build.joined", subject_id: newest?.id, reason: "once more", actor: "admin", details: { requested_by: "ada" } });
  });

  test("the same Idempotency-Key gets the same answer", async () => {
    const headers = { "idempotency-key": "again-1" };
    const ask = async () => (await plane.api.raw("POST", "/builds", { uninstall: ["blog"], ...by }, headers)).text();
    const first = await ask();
    const events = (await plane.api.journal()).length;
    expect(await ask()).toBe(first);
    expect(await plane.api.journal()).toHaveLength(events);
  });

  test("force builds anew, and the artifact is the same byte for byte", async () => {
    const [newest] = await builds();
    const forced = await plane.api.requestBuild({ uninstall: ["blog"], force: true, ...by });
    expect(forced).toMatchObject({ status: "queued", outcome: "queued" });
    expect(forced.build_id).not.toBe(newest?.id);
    const build = await plane.api.waitForBuild(forced.build_id);
    expect(build.status).toBe("success");
    expect(build.steps?.map(({ name }) => name)).toContain("compile");
    expect(build.artifact_digest).toBe(newest?.artifact_digest);
  });

  test("a build with modules is made again from its commit, and its verification says that it is the same", async () => {
    const [newest] = await builds();
    const asked = (await (await plane.api.raw("POST", `/builds/${newest?.id}/verify`, {})).json()) as { readonly build_id: string };
    expect(await plane.api.waitForBuild(asked.build_id)).toMatchObject({ status: "success", verifies: newest?.id, artifact_digest: newest?.artifact_digest });
  });
});

describe("while a build runs", () => {
  test("a branch that moves costs one more round, and both commits are there", async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["blog"], reason: "blog again", ...by });
    await plane.api.buildWhen(id, ({ stage }) => stage === "build");
    await writeFile(join(plane.host, "NEWS.md"), "Somebody was faster.\n");
    await plane.git("add", "NEWS.md");
    await plane.git("commit", "--quiet", "--message", "News");
    const news = await plane.git("rev-parse", "main");
    const build = await plane.api.waitForBuild(id);
    expect(build).toMatchObject({ status: "success", source_commit: news });
    expect(await plane.git("rev-parse", "main^")).toBe(news);
    expect(await plane.git("show", "main:modules.toml")).toContain("blog = ");
    expect(build.steps?.filter(({ name }) => name === "land")).toHaveLength(2);
    expect((await plane.api.log(id)).map(({ text }) => text)).toContain("main moved during the build; building again on top of it");
  });

  test("a running build and a queued one are cancelled, nothing of them is left, and the queue goes on", async () => {
    const tip = await plane.git("rev-parse", "main");
    const running = await plane.api.requestBuild({ uninstall: ["blog"], force: true, ...by });
    const queued = await plane.api.requestBuild({ uninstall: ["forum"], ...by });
    await plane.api.buildWhen(running.build_id, ({ steps }) => steps?.some(({ name, status }) => name === "compile" && status === "running") === true);
    for (let wait = 0; wait < 200 && (await buildProcesses()).length === 0; wait += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await buildProcesses()).length).toBeGreaterThan(0);
    expect((await plane.api.build(queued.build_id)).status).toBe("queued");
    const cancel = async (id: string) => expect((await plane.api.raw("POST", `/builds/${id}/cancel`, { reason: "changed my mind" })).status).toBe(202);
    await cancel(queued.build_id);
    expect(await plane.api.build(queued.build_id)).toMatchObject({ status: "cancelled", steps: [] });
    const next = await plane.api.requestBuild({ uninstall: ["pages"], reason: "after the cancelled ones", ...by });
    await cancel(running.build_id);
    expect(await plane.api.waitForBuild(running.build_id)).toMatchObject({ status: "cancelled", result_commit: null });
    const after = await plane.api.waitForBuild(next.build_id);
    expect(after).toMatchObject({ status: "success", source_commit: tip });
    expect(await plane.git("rev-parse", "main^")).toBe(tip);
    expect(await modulesOf()).toEqual(["blog", "commerce", "content", "forum"]);
    expect(await buildProcesses()).toEqual([]);
  });

  test("a cancel is in the journal, and a build that is over cannot be cancelled", async () => {
    const cancelled = (await builds()).filter(({ status }) => status === "cancelled");
    const events = await plane.api.journal();
    const told = cancelled.map(({ id }) => events.filter(({ subject_id: subject, action }) => subject === id && action.startsWith("build.cancel")).map(({ action, actor }) => `${action} ${actor}`));
    expect(told).toHaveLength(2);
    for (const each of told) expect(each.at(-1)).toBe("build.cancelled admin");
    expect(await plane.api.refused("POST", `/builds/${cancelled[0]?.id}/cancel`)).toMatchObject({ status: 409, problem: { code: "build_transition_refused" } });
  });
});
