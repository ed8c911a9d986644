import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { requesterIn } from "../support/journal.ts";
import { until } from "../support/rest-client.ts";
import { askContinuously, type SteadyClient } from "../support/steady-client.ts";

let plane: TestControlPlane;
let visitor: SteadyClient;
let release: string;
let tip: string;
beforeAll(async () => {
  const modules = ["broken-compile", "broken-tests", "broken-crash", "broken-hang", "broken-unwell"] as const;
  // The application's runtime says after 5 s which module still starts.
  plane = await TestControlPlane.open({ deployed: true, modules, prod: { start_timeout_seconds: 8 } });
  release = (await plane.api.environment()).active_release?.id ?? "";
  tip = await plane.git("rev-parse", "main");
  visitor = askContinuously(`${plane.applicationUrl}/health/modules`, { keepAlive: true, clients: 1, pauseMs: 10 });
});
afterAll(() => plane?.close());

const install = async (slug: string) => (await plane.api.requestBuild({ install: [slug], requested_by: "ada", reason: `try ${slug}`, deploy_to: "prod" })).build_id;

/** The record of the release that served before, without the time at which it was read. */
const recordOf = async (id: string): Promise<unknown> => (await plane.api.releases()).find((each) => each.id === id);

const runningReleases = async () => (await plane.target.observe()).releases.filter(({ status }) => ["starting", "running", "backing_off"].includes(status)).map(({ releaseId }) => releaseId);

describe.each([
  { slug: "broken-compile", code: "compile_failed", step: "compile", says: /Type 'number' is not assignable to type 'string'/, rows: ["checkout", "render", "resolve", "generate", "compile"] },
  { slug: "broken-tests", code: "tests_failed", step: "test", says: /two and two are four/, rows: ["checkout", "render", "resolve", "generate", "compile", "test"] },
])("$slug", ({ slug, code, step, says, rows }) => {
  let build: BuildView;

  test("fails in its build, with step, module and the lines that matter", async () => {
    const before = await recordOf(release);
    const live = await plane.api.waitForLive(await install(slug));
    build = live.build;
    expect(build).toMatchObject({ status: "failed", error: { step, deterministic: true, problems: [{ code, module: slug }] }, release_id: null, result_commit: null });
    expect(build.error?.excerpt.join("\n")).toMatch(says);
    expect(build.steps?.map(({ name, status }) => `${name} ${status}`)).toEqual(rows.map((name) => `${name} ${name === step ? "failed" : "success"}`));
    expect(live.deployment).toBeUndefined();
    expect(await recordOf(release)).toEqual(before);
  });

  test("nothing landed, and the journal tells the failure", async () => {
    expect(await plane.git("rev-parse", "main")).toBe(tip);
    const told = (await plane.api.journal()).filter(({ subject_id: subject }) => subject === build.id);
    expect(told.map(({ action }) => action)).toEqual(["build.requested", "build.started", "build.failed"]);
    expect(told.at(-1)).toMatchObject({ actor: "admin", reason: `try ${slug}`, details: { requested_by: "ada", step, problems: [{ code, module: slug }] } });
  });

  test("the same request is answered with the failure at once", async () => {
    const again = await plane.api.requestBuild({ install: [slug], requested_by: "ada", reason: "again" });
    expect(again).toMatchObject({ build_id: build.id, status: "failed", outcome: "failed", error: { problems: [{ code }] } });
    const events = await plane.api.journal();
    expect(events.at(-1)).toMatchObject({ action: "build.joined", subject_id: build.id, reason: "again" });
  });
});

// What failed to go live is taken back from the branch: it is no obstacle to the next.
describe.each([
  { slug: "broken-crash", code: "application_exited", says: /the crash that this module is made for/ },
  { slug: "broken-hang", code: "application_start_timed_out", says: /"broken-hang" is still starting/ },
  { slug: "broken-unwell", code: "smoke_failed", says: /the illness that this module is made for/ },
])("$slug", ({ slug, code, says }) => {
  test("builds, fails in its deployment by name, and the old release serves on", async () => {
    const before = await recordOf(release);
    const { build, deployment } = await plane.api.waitForLive(await install(slug));
    expect(build.status).toBe("success");
    expect(deployment).toMatchObject({ status: "failed", error: { step: "smoke" }, from_release_id: release });
    const named = deployment?.error?.problems.find(({ module }) => module === slug);
    expect(named).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(await recordOf(release)).toEqual(before);
    expect(await plane.api.environment()).toMatchObject({ active_release: { id: release }, observed: { active_release_id: release } });
    expect(await recordOf(deployment?.release_id ?? "")).toMatchObject({ status: "failed", deployed_at: null });
    const told = (await plane.api.journal()).filter(({ subject_id: subject }) => [deployment?.id, deployment?.release_id].includes(subject));
    expect(told.map(({ action, actor, details }) => `${action} ${actor} ${requesterIn({ details })}`)).toEqual(["release.created", "deployment.requested", "deployment.started", "deployment.failed", "release.failed"].map((action) => `${action} admin ada`));
  });

  test("the branch is as it was, by a commit that says why", async () => {
    expect(await plane.git("diff", "--stat", tip, "main")).toBe("");
    expect(await plane.git("log", "-1", "--format=%an: %s", "main")).toBe("Modyard: modules: take back what could not go live in prod");
    expect((await plane.api.journal()).filter(({ action }) => action === "composition.taken_back").at(-1)).toMatchObject({ actor: "modyard", subject_id: "main", reason: expect.stringMatching(/./) });
  });

  test("what did not become well runs no more", async () => {
    // It is stopped after its failure was recorded.
    expect(await until("the running releases", runningReleases, (running) => running.length <= 1)).toEqual([release]);
  });
});

test("the next change goes live without any of them", async () => {
  const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], requested_by: "ada", reason: "a good one", deploy_to: "prod" });
  const { build, deployment } = await plane.api.waitForLive(id);
  expect([build.status, deployment?.status]).toEqual(["success", "success"]);
  expect(JSON.stringify((await plane.application("/health/modules")).body)).not.toContain("broken-");
  expect((await plane.api.environment()).active_release?.id).toBe(deployment?.release_id);
  expect((await plane.application("/forum")).status).toBe(200);
});

test("what was deployed by a request of its own stays on the branch, and can be uninstalled", async () => {
  const { build_id: id } = await plane.api.requestBuild({ install: ["broken-crash"], requested_by: "ada", reason: "build only" });
  expect((await plane.api.waitForBuild(id)).status).toBe("success");
  const { deployment_id: deployment } = await plane.api.deploy(id, { environment: "prod" });
  expect(await plane.api.waitForDeployment(deployment)).toMatchObject({ status: "failed", error: { problems: [{ code: "application_exited" }] } });
  expect(await plane.git("show", "main:modules.toml")).toContain("broken-crash");
  const { build_id: without } = await plane.api.requestBuild({ uninstall: ["broken-crash"], requested_by: "ada", reason: "well again", deploy_to: "prod" });
  const { deployment: live } = await plane.api.waitForLive(without);
  expect(live?.status).toBe("success");
  expect(await plane.git("show", "main:modules.toml")).not.toContain("broken-crash");
});

test("nobody noticed any of it", async () => {
  const { asked, lost, bodies } = await visitor.stop();
  expect(lost).toEqual([]);
  expect(asked).toBeGreaterThan(200);
  expect([...bodies].filter((body) => body.includes("broken-"))).toEqual([]);
});
