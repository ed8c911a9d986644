import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeRun, type Environment } from "../../packages/control-plane/src/deployment/environment.ts";
import { beginDeployment, recordActivation, recordSuccess, type HeldDeployment } from "../../packages/control-plane/src/deployment/record.ts";
import { queueDeployment } from "../../packages/control-plane/src/deployment/request.ts";
import { restoreEnvironment } from "../../packages/control-plane/src/deployment/restore.ts";
import type { DeploymentContext } from "../../packages/control-plane/src/deployment/context.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import { findRelease } from "../../packages/control-plane/src/release/store.ts";
import { storeSuccess } from "../support/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openDeploymentContext, type OpenDeploymentContext } from "../support/deployment-context.ts";
import { openDirectory } from "../support/directory.ts";

let database: TestDatabase;
let directory: string;
let context: OpenDeploymentContext;
beforeAll(async () => {
  database = await openTestDatabase();
  directory = openDirectory("interrupted");
  context = await openDeploymentContext({ connection: database.connection, directory, environments: ["before", "after", "unwell-after", "stays"] });
});
afterAll(async () => {
  for (const { target } of await context.environments.list()) await (target as unknown as { stopGateway(): Promise<void> }).stopGateway();
  await context.close();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A deployment that a worker has begun. */
async function begin(environment: string, mode = "well"): Promise<HeldDeployment> {
  const build = await storeSuccess(context.handle);
  const start = ["/usr/bin/env", `MODE=${mode}`, process.execPath, "app.mjs"];
  const id = await context.handle.db.transaction().execute(async (trx) => {
    const surfaces = [{ name: "server" as const, directory: ".", output: [], start, health: "/health", modulesHealth: "/health/modules" }];
    const release = await cutRelease(trx, { build, environment, surfaces, actor: "ada", reason: "test" });
    return (await queueDeployment(trx, { ...context.jobs, send: () => Promise.resolve() }, { release, kind: "deploy", actor: "ada", reason: "test" })).id;
  });
  const begun = await beginDeployment(context.handle, id, "one");
  return begun.kind === "held" ? begun.held : expect.fail(begun.kind);
}

/** As that worker goes on until the switch is recorded. */
async function switchOver(held: HeldDeployment): Promise<void> {
  const environment = await context.environments.get(held.release.environment);
  const [run, fence] = [describeRun(environment, held.release), held.deployment.leaseToken];
  await environment.target.prepare(run, fence);
  await environment.target.start(run, fence);
  while ((await environment.target.check(held.release.id)).status !== "running") await delay(20);
  await environment.target.switch(held.release.id, 5, fence);
  await recordActivation(context.handle, held);
}

/** A release that is live, and nothing under way. */
async function live(environment: string): Promise<string> {
  const held = await begin(environment);
  await switchOver(held);
  await recordSuccess(context, held, []);
  return held.release.id;
}

/** The worker is lost, as the `attempt`th one, and the next takes the deployment. */
async function lose({ deployment: { id } }: HeldDeployment, attempt: number, next: DeploymentContext = context): Promise<void> {
  await context.handle.db.updateTable("deployments").set({ attempt, leaseExpiresAt: sql<Date>`now() - interval '1 second'` }).where("id", "=", id).execute();
  await runDeployment(next, id, new AbortController().signal);
}

const deployments = (environment: string) => context.handle.db.selectFrom("deployments").selectAll().where("environment", "=", environment).orderBy("id").execute();
const activeIn = async (environment: string) => (await (await context.environments.get(environment)).target.observe()).activeReleaseId;

describe("a deployment whose third worker was lost", () => {
  test("before the switch: fails and says so, and the former release serves on", async () => {
    const former = await live("before");
    const held = await begin("before");
    await lose(held, 3);
    expect((await deployments("before")).at(-1)).toMatchObject({ status: "failed", steps: [], error: { problems: [{ code: "deployment_interrupted", message: `the deployment of ${held.release.id} lost its worker 3 times` }] } });
    expect(await findRelease(context.handle.db, held.release.id)).toMatchObject({ status: "failed" });
    expect([await activeIn("before"), (await findRelease(context.handle.db, former))?.status]).toEqual([former, "active"]);
  });

  test("after the switch: what is live is not called failed; it is not observed once more", async () => {
    await live("after");
    const held = await begin("after");
    await switchOver(held);
    await lose(held, 3);
    const last = (await deployments("after")).at(-1);
    expect(last).toMatchObject({ status: "success", attempt: 4, error: null });
    expect(last?.steps.map(({ name }) => name)).toEqual(["prepare", "start", "smoke", "switch", "retire"]);
    expect(await activeIn("after")).toBe(held.release.id);
  });
});

test("a release that the next worker finds unwell after the switch is rolled back, once", async () => {
  const former = await live("unwell-after");
  const held = await begin("unwell-after", "mute_health");
  await switchOver(held);
  await lose(held, 1);
  const back = (await deployments("unwell-after")).at(-1);
  expect(back).toMatchObject({ kind: "auto_rollback", releaseId: former, status: "queued" });
  await runDeployment(context, back?.id ?? "", new AbortController().signal);
  expect((await deployments("unwell-after")).map(({ status, kind }) => `${kind} ${status}`)).toEqual(["deploy success", "deploy failed", "auto_rollback success"]);
  expect(await activeIn("unwell-after")).toBe(former);
});

test("a former release that cannot be stopped makes no failure of a deployment that is well", async () => {
  const former = await live("stays");
  const held = await begin("stays");
  await switchOver(held);
  const get = async (name: string): Promise<Environment> => {
    const environment = await context.environments.get(name);
    return { ...environment, target: { ...environment.target, stop: () => Promise.reject(new Error("it will not end")) } };
  };
  await lose(held, 1, { ...context, environments: Object.assign(Object.create(context.environments), { get }) });
  const last = (await deployments("stays")).at(-1);
  expect(last).toMatchObject({ status: "success", error: null });
  expect(last?.steps.at(-1)).toMatchObject({ name: "retire", status: "failed" });
  // What is left is seen to by the recovery.
  await restoreEnvironment(context, await context.environments.get("stays"));
  expect(await (await context.environments.get("stays")).target.check(former)).toMatchObject({ status: "stopped" });
});
