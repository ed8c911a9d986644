import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queueDeployment } from "../../packages/control-plane/src/deployment/request.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import type { ProcessTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import { storeSuccess } from "../support/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openDeploymentContext, type OpenDeploymentContext } from "../support/deployment-context.ts";
import { openDirectory } from "../support/directory.ts";

let database: TestDatabase;
let directory: string;
let context: OpenDeploymentContext;
const modes = ["mute_after_smoke", "exit_after_smoke"] as const;
beforeAll(async () => {
  database = await openTestDatabase();
  directory = openDirectory("observation");
  context = await openDeploymentContext({ connection: database.connection, directory, environments: ["one", "two"] });
  await context.jobs.work("deployment", 2, (id) => runDeployment(context, id, new AbortController().signal));
});
afterAll(async () => {
  for (const { target } of await context.environments.list()) await (target as ProcessTarget).stopGateway();
  await context.close();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Deploys a release of the fixture application; resolves with its id when no deployment of the environment is under way. */
async function deploy(environment: string, mode: string): Promise<string> {
  const build = await storeSuccess(context.handle);
  const start = ["/usr/bin/env", `MODE=${mode}`, process.execPath, "app.mjs"];
  const id = await context.handle.db.transaction().execute(async (trx) => {
    const surfaces = [{ name: "server" as const, directory: ".", output: [], start, health: "/health", modulesHealth: "/health/modules" }];
    const release = await cutRelease(trx, { build, environment, surfaces, actor: "ada", reason: "test" });
    await queueDeployment(trx, context.jobs, { release, kind: "deploy", actor: "ada", reason: "test" });
    return release.id;
  });
  while ((await deployments(environment)).some(({ status }) => ["queued", "running"].includes(status))) await delay(20);
  return id;
}

const deployments = (environment: string) => context.handle.db.selectFrom("deployments").select(["status", "kind", "releaseId", "error"]).where("environment", "=", environment).orderBy("id").execute();

test.each(modes.map((mode, index) => [mode, ["one", "two"][index] ?? ""] as const))("a release that goes %s in its observation is rolled back, once", async (mode, environment) => {
  const well = await deploy(environment, "well");
  const bad = await deploy(environment, mode);
  expect(await deployments(environment)).toMatchObject([
    { kind: "deploy", status: "success", releaseId: well },
    { kind: "deploy", status: "failed", releaseId: bad, error: { step: "observe", problems: [{ code: "observation_failed" }] } },
    { kind: "auto_rollback", status: "success", releaseId: well },
  ]);
  const { target } = await context.environments.get(environment);
  const { url = "", activeReleaseId } = await target.observe();
  expect(activeReleaseId).toBe(well);
  expect(await (await fetch(url)).text()).toBe(well);
});
