import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { deploymentsView, type DeploymentView } from "../../packages/control-plane/src/api/views/release.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { startModyard, type CommandRun } from "../support/modyard.ts";

// One server for all: each test goes on from what the one before left.
let plane: TestControlPlane;
const tokens = { ada: "", bob: "", olga: "" };
type Person = keyof typeof tokens;

beforeAll(async () => {
  plane = await TestControlPlane.open({ deployed: true, prod: { observe_seconds: 0 } });
  for (const [name, role] of [["ada", "administrator"], ["bob", "administrator"], ["olga", "operator"]] as const) {
    tokens[name] = (await plane.api.post("/tokens", { name, grants: [{ environment: null, role }] }, z.object({ token: z.string() }))).token;
  }
  const answer = await plane.api.raw("PUT", "/environments/prod/settings", { approval_required: true, reason: "four eyes" });
  expect(answer.status).toBe(200);
});
afterAll(() => plane?.close());

function modyard(person: Person, ...args: readonly string[]): Promise<CommandRun> {
  return startModyard(args, { cwd: plane.root, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: tokens[person] } }).done;
}

async function waiting(): Promise<DeploymentView> {
  const { deployments } = await plane.api.get("/deployments?status=waiting_approval", deploymentsView);
  expect(deployments).toHaveLength(1);
  return deployments[0] ?? expect.unreachable();
}

async function running(): Promise<readonly string[]> {
  const { body } = await plane.application("/health/modules");
  return z.object({ modules: z.array(z.object({ slug: z.string() })) }).parse(body).modules.map(({ slug }) => slug);
}

async function killAndStart(): Promise<void> {
  await plane.end("SIGKILL");
  await plane.start();
}

test("install builds, says that a second person has to approve it, and ends with 5; what users have stays", async () => {
  const run = await modyard("ada", "install", "forum", "--reason", "forum");
  expect(run).toMatchObject({ code: 5, stdout: expect.stringContaining("waits for approval by a second person") });
  const { deployment_id: id } = await waiting();
  expect(run.stdout).toContain(`modyard approve ${id}`);
  expect(await running()).not.toContain("forum");
  const status = await modyard("olga", "status");
  expect(status.stdout).toContain("protected");
  expect(status.stdout).toContain(`modyard approve ${id}`);
  const again = await modyard("ada", "install", "forum", "--json");
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([5, { ok: false, status: "waiting_approval", deployment_id: id }]);
});

test("it waits through kill -9, is not approved by who asked, and goes live by the word of a second person", async () => {
  await killAndStart();
  const { deployment_id: id } = await waiting();
  for (const [person, code] of [["ada", "approval_own_request"], ["olga", "forbidden"]] as const) {
    const run = await modyard(person, "approve", id);
    expect(run).toMatchObject({ code: 3, stderr: expect.stringContaining(code) });
  }
  const run = await modyard("bob", "approve", id, "--reason", "seen");
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("+forum") });
  expect(await running()).toContain("forum");
});

test("approved and killed at once: it goes live after the restart", async () => {
  expect((await modyard("ada", "install", "blog")).code).toBe(5);
  const { deployment_id: id } = await waiting();
  expect((await plane.api.raw("POST", `/deployments/${id}/approve`)).status).toBe(200);
  await killAndStart();
  expect(await plane.api.waitForDeployment(id)).toMatchObject({ status: "success", approval: { outcome: "approved", decided_by: "admin" } });
  expect(await running()).toContain("blog");
});

test("a rollback does not wait while something else does; that is stale then, and what is rejected leaves the branch", async () => {
  expect((await modyard("ada", "uninstall", "blog")).code).toBe(5);
  const { deployment_id: id } = await waiting();
  expect(await plane.git("show", "main:modules.toml")).not.toContain("blog = ");
  expect(await modyard("olga", "rollback", "--reason", "blog is broken")).toMatchObject({ code: 0 });
  expect(await running()).not.toContain("blog");
  const stale = await modyard("bob", "approve", id);
  expect(stale).toMatchObject({ code: 3, stderr: expect.stringContaining("approval_stale") });
  const rejected = await modyard("bob", "reject", id, "--reason", "not now");
  expect(rejected).toMatchObject({ code: 0, stdout: expect.stringContaining("taken back from main") });
  expect(await plane.git("show", "main:modules.toml")).toContain("blog = ");
  expect((await plane.api.deployment(id)).error?.problems[0]?.message).toBe("bob rejected it: not now");
});

test("who asked withdraws it, and nobody else; what nobody approves expires", async () => {
  const { active_release: active } = await plane.api.environment();
  const [withdrawn, left] = [await plane.api.deploy(active?.build_id ?? "", { environment: "prod" }), await plane.api.deploy(active?.build_id ?? "", { environment: "prod" })];
  expect((await modyard("bob", "cancel", withdrawn.deployment_id)).code).toBe(3);
  const run = await startModyard(["cancel", withdrawn.deployment_id, "--reason", "a mistake"], { cwd: plane.root, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: plane.token } }).done;
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("is withdrawn") });
  await plane.end("SIGTERM");
  await plane.start({ MODYARD_APPROVAL_DAYS: "0.000001" });
  expect(await plane.api.deploymentWhen(left.deployment_id, ({ status }) => status === "cancelled")).toMatchObject({ approval: { outcome: "expired" } });
});
