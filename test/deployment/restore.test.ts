import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueDeployment } from "../../packages/control-plane/src/deployment/request.ts";
import { restoreEnvironment } from "../../packages/control-plane/src/deployment/restore.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import type { ProcessTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import type { Release } from "../../packages/control-plane/src/release/store.ts";
import { storeSuccess } from "../support/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openDeploymentContext, type OpenDeploymentContext } from "../support/deployment-context.ts";
import { openDirectory } from "../support/directory.ts";

let database: TestDatabase;
let directory: string;
let context: OpenDeploymentContext;
beforeAll(async () => {
  database = await openTestDatabase();
  directory = openDirectory("restore");
  context = await openDeploymentContext({ connection: database.connection, directory, environments: ["lost", "leftover", "restarted", "broken"] });
});
afterAll(async () => {
  for (const { target } of await context.environments.list()) await (target as ProcessTarget).stopGateway();
  await context.close();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A release that is live in the environment. */
async function live(environment: string): Promise<Release> {
  const build = await storeSuccess(context.handle);
  const surfaces = [{ name: "server" as const, directory: ".", output: [], start: [process.execPath, "app.mjs"], health: "/health", modulesHealth: "/health/modules" }];
  const { id, release } = await context.handle.db.transaction().execute(async (trx) => {
    const cut = await cutRelease(trx, { build, environment, surfaces, actor: "ada", reason: "test" });
    return { release: cut, id: (await queueDeployment(trx, context.jobs, { release: cut, kind: "deploy", actor: "ada", reason: "test" })).id };
  });
  await runDeployment(context, id, new AbortController().signal);
  return release;
}

const targetOf = async (name: string): Promise<ProcessTarget> => (await context.environments.get(name)).target as ProcessTarget;
const restore = async (name: string): Promise<void> => restoreEnvironment(context, await context.environments.get(name));
const told = (subject: string, ...actions: readonly string[]) =>
  context.handle.db.selectFrom("journal").select(["action", "reason", "details"]).where("subjectId", "=", subject).where("action", "in", actions).orderBy("id").execute();

describe("restoring an environment", () => {
  test("brings the active release back where everything was lost, and says so once", async () => {
    const release = await live("lost");
    const target = await targetOf("lost");
    await target.stopGateway();
    rmSync(join(directory, "environments", "lost", "gateway-state.json"));
    await restore("lost");
    await restore("lost");
    expect(await target.observe()).toMatchObject({ activeReleaseId: release.id });
    expect(await told("lost", "environment.restored")).toMatchObject([{ reason: "no release had the traffic" }]);
  });

  test("leaves an environment alone that is as it should be: whoever drives it goes on", async () => {
    const release = await live("leftover");
    const target = await targetOf("leftover");
    const { fence } = await target.observe();
    await restore("leftover");
    expect(await target.observe()).toMatchObject({ fence, activeReleaseId: release.id });
    expect(await told("leftover", "environment.restored", "environment.not_restored")).toEqual([]);
  });

  test("journals each restart of an application once, with its reason", async () => {
    const { id } = await live("restarted");
    const target = await targetOf("restarted");
    process.kill((await target.check(id)).pid ?? Number.NaN, "SIGKILL");
    while ((await target.check(id)).restarts === 0) await delay(20);
    await restore("restarted");
    await restore("restarted");
    expect(await told(id, "release.restarted")).toMatchObject([{ reason: "it ended by SIGKILL", details: { environment: "restarted", kind: "ended", restarts: 1 } }]);
  });

  test("tells a trouble that lasts once", async () => {
    await live("broken");
    const target = await targetOf("broken");
    await target.stopGateway();
    rmSync(join(directory, "environments", "broken", "gateway-state.json"));
    await context.handle.db.updateTable("releases").set({ artifactDigest: "/not/a/digest" } as never).where("environment", "=", "broken").execute();
    await expect(restore("broken")).rejects.toMatchObject({ code: "artifact_missing" });
    await expect(restore("broken")).rejects.toMatchObject({ code: "artifact_missing" });
    expect(await told("broken", "environment.restored", "environment.not_restored")).toMatchObject([{ action: "environment.not_restored" }]);
  });
});
