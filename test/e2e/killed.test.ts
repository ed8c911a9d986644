import { existsSync, readdirSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildView, type BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { processesWith } from "../support/processes.ts";
import { until } from "../support/rest-client.ts";
import { askContinuously } from "../support/steady-client.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open({ deployed: true, prod: { observe_seconds: 0 } });
});
afterAll(() => plane?.close());

const by = { requested_by: "ada" };
const buildProcesses = () => processesWith({ environment: `${plane.data}/workspaces/` });
const isCompiling = ({ steps }: BuildView) => steps?.some(({ name, status }) => name === "compile" && status === "running") === true;

/** Everything that the API tells, to be compared before and after. */
async function everything(): Promise<unknown> {
  const [builds, releases, events] = await Promise.all(["/builds?limit=200", "/releases?limit=200", "/events?limit=1000"].map(async (path) => (await plane.api.raw("GET", path)).json()));
  const { observed, active_release: active } = await plane.api.environment();
  const text = JSON.stringify({ builds, releases, events, observed, active });
  // Links carry the port that the server got this time; visitors come and go.
  return JSON.parse(text.replaceAll(/http:\/\/127\.0\.0\.1:\d+\/admin/g, "").replaceAll(/"in_flight":\d+/g, '"in_flight":0'));
}

/** No workspace holds files of a run, and no process of a run lives. */
async function expectNothingLeft(): Promise<void> {
  await until("the workspaces", () => Promise.resolve(readdirSync(join(plane.data, "workspaces"))), (left) => left.length === 0);
  expect(await buildProcesses()).toEqual([]);
}

describe("kill -9 of the control plane", () => {
  test("while idle: no request is lost, and after the restart everything is as it was", async () => {
    const visitor = askContinuously(`${plane.applicationUrl}/health/modules`, { keepAlive: true, clients: 2, pauseMs: 10 });
    await visitor.more(20);
    const before = await everything();
    await plane.end("SIGKILL");
    await visitor.more(100);
    await plane.start();
    await visitor.more(50);
    expect(await everything()).toEqual(before);
    const { lost, bodies } = await visitor.stop();
    expect(lost).toEqual([]);
    expect(bodies.size).toBe(1);
  });

  test("during compile: the build's processes end with it, and after the restart the build is taken over and succeeds", async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], reason: "forum", ...by });
    await plane.api.buildWhen(id, isCompiling);
    await until("the compiler", buildProcesses, (pids) => pids.length > 0);
    await plane.end("SIGKILL");
    await until("orphans", buildProcesses, (pids) => pids.length === 0);
    await plane.start();
    const build = await plane.api.waitForBuild(id);
    expect(build).toMatchObject({ status: "success", attempt: 2 });
    const told = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === id);
    expect(told.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.taken_over", "build.succeeded"]);
    expect(await plane.git("show", "main:modules.toml")).toContain("forum = ");
    await expectNothingLeft();
    const lines = await plane.api.log(id);
    expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  });

  test("between the push and the end of the build: nothing is built twice, and the build remembers what it changed", async () => {
    const hook = join(plane.host, ".git/hooks/post-receive");
    await writeFile(hook, `#!/bin/sh\nkill -9 ${plane.pid}\n`, { mode: 0o755 });
    const { build_id: id } = await plane.api.requestBuild({ install: ["blog"], reason: "blog", ...by });
    await plane.ended();
    await rm(hook);
    const landed = await plane.git("rev-parse", "main");
    expect(await plane.git("log", "-1", "--format=%(trailers)", "main")).toContain(id);
    await plane.start();
    const build = await plane.api.waitForBuild(id);
    expect(build).toMatchObject({ status: "success", attempt: 2, result_commit: landed, modules_delta: { added: [{ slug: "blog", version: "0.1.0" }], removed: [], changed: [] } });
    expect(build.steps?.map(({ name, status }) => `${name} ${status}`)).toEqual(["land success"]);
    expect(await plane.git("rev-parse", "main")).toBe(landed);
    const told = (await plane.api.journal()).filter(({ action, details }) => action === "composition.landed" && JSON.stringify(details).includes(id));
    expect(told).toMatchObject([{ actor: "admin", reason: "blog", details: { requested_by: "ada" } }]);
  });

  test("during a deployment's smoke: it is carried to its end after the restart", async () => {
    const [newest] = (await (await plane.api.raw("GET", "/builds")).json() as { builds: BuildView[] }).builds;
    const visitor = askContinuously(`${plane.applicationUrl}/health`, { keepAlive: true, clients: 1, pauseMs: 10 });
    const { deployment_id: id, release_id: release } = await plane.api.deploy(buildView.parse(newest).id, { environment: "prod", reason: "forum for all" });
    await plane.api.deploymentWhen(id, ({ steps }) => steps.some(({ name }) => name === "smoke"));
    await plane.end("SIGKILL");
    await plane.start();
    expect(await plane.api.waitForDeployment(id)).toMatchObject({ status: "success", release_id: release });
    expect((await plane.application("/forum")).status).toBe(200);
    expect((await visitor.stop()).lost).toEqual([]);
    expect(await plane.api.environment()).toMatchObject({ active_release: { id: release }, observed: { active_release_id: release } });
    const { releases } = await plane.target.observe();
    expect(releases.filter(({ status }) => status === "running").map(({ releaseId }) => releaseId)).toEqual([release]);
  });
});

describe("SIGTERM during a build", () => {
  test("hands it back at once, and the restarted server finishes it", async () => {
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["blog"], reason: "no blog", ...by });
    await plane.api.buildWhen(id, isCompiling);
    await plane.end("SIGTERM");
    expect(await buildProcesses()).toEqual([]);
    expect(readdirSync(join(plane.data, "workspaces"))).toEqual([]);
    await plane.start();
    const build = await plane.api.waitForBuild(id);
    // Being stopped in good order does not count as an attempt.
    expect(build).toMatchObject({ status: "success", attempt: 1 });
    const told = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === id);
    expect(told.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.started", "build.succeeded"]);
    await expectNothingLeft();
  });
});

/** The journal hears of it from the recovery, some seconds later. */
const told = (action: string, subject: string | undefined) =>
  until(action, () => plane.api.journal(), (entries) => entries.some((entry) => entry.action === action && entry.subject_id === subject));

describe("kill -9 of what serves", () => {
  test("the application is started again", async () => {
    const { activeReleaseId, releases } = await plane.target.observe();
    const { pid } = releases.find(({ releaseId }) => releaseId === activeReleaseId) ?? {};
    process.kill(pid ?? Number.NaN, "SIGKILL");
    const again = await until("the application", () => plane.target.check(activeReleaseId ?? ""), ({ pid: now, status }) => status === "running" && now !== undefined && now !== pid);
    expect(again.restarts).toBeGreaterThan(0);
    expect((await plane.application("/forum")).status).toBe(200);
    await told("release.restarted", activeReleaseId);
  });

  test("the gateway is started again by the control plane, and keeps the application", async () => {
    const { gatewayPid, activeReleaseId, releases } = await plane.target.observe();
    const { pid } = releases.find(({ releaseId }) => releaseId === activeReleaseId) ?? {};
    process.kill(gatewayPid ?? Number.NaN, "SIGKILL");
    const answers = async () => fetch(`${plane.applicationUrl}/forum`).then(({ status }) => status, () => 0);
    await until("the address", answers, (status) => status === 200);
    const now = await plane.target.observe();
    expect(now.gatewayPid).not.toBe(gatewayPid);
    expect(now.activeReleaseId).toBe(activeReleaseId);
    expect(now.releases.find(({ releaseId }) => releaseId === activeReleaseId)?.pid).toBe(pid);
  });

  test("the database is started again with the server, and nothing is lost", async () => {
    const before = await everything();
    expect(existsSync(join(plane.data, "postgres"))).toBe(true);
    await plane.end("SIGKILL");
    await plane.killDatabase();
    await plane.start();
    expect(await everything()).toEqual(before);
  });
});
