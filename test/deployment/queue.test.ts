import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nextInEnvironment } from "../../packages/control-plane/src/deployment/environment-queue.ts";
import { beginDeployment, recordFailure, type HeldDeployment } from "../../packages/control-plane/src/deployment/record.ts";
import { queueDeployment } from "../../packages/control-plane/src/deployment/request.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import type { DeploymentKind } from "../../packages/control-plane/src/deployment/states.ts";
import { endLeasesOfTheDead } from "../../packages/control-plane/src/jobs/dead-holders.ts";
import { describeHolder } from "../../packages/control-plane/src/processes/holder.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import { storeSuccess } from "../support/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openDeploymentContext, type DeploymentPlace, type OpenDeploymentContext } from "../support/deployment-context.ts";
import { openDirectory } from "../support/directory.ts";

let database: TestDatabase;
let place: DeploymentPlace;
let context: OpenDeploymentContext;
beforeAll(async () => {
  database = await openTestDatabase();
  place = { connection: database.connection, directory: openDirectory("deployments"), environments: ["busy", "free", "order", "dead", "elsewhere"] };
  context = await openDeploymentContext(place);
});
afterAll(async () => {
  for (const { target } of await context.environments.list()) await (target as unknown as { stopGateway(): Promise<void> }).stopGateway();
  await context.close();
  await database.close();
  rmSync(place.directory, { recursive: true, force: true });
});

/** Queues a deployment without a job: only what this test starts, or the end of another, brings it on. */
async function queue(environment: string, kind: DeploymentKind = "deploy"): Promise<string> {
  const build = await storeSuccess(context.handle);
  return context.handle.db.transaction().execute(async (trx) => {
    const surfaces = [{ name: "server" as const, directory: ".", output: [], start: [process.execPath, "app.mjs"], health: "/health", modulesHealth: "/health/modules" }];
    const release = await cutRelease(trx, { build, environment, surfaces, actor: "ada", reason: "test" });
    return (await queueDeployment(trx, { ...context.jobs, send: () => Promise.resolve() }, { release, kind, actor: "ada", reason: "test" })).id;
  });
}

const run = (id: string): Promise<void> => runDeployment(context, id, new AbortController().signal);
const deployment = (id: string) => context.handle.db.selectFrom("deployments").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const next = (environment: string) => nextInEnvironment(context.handle.db, environment);

async function hold(id: string): Promise<HeldDeployment> {
  const begun = await beginDeployment(context.handle, id, "somebody");
  return begun.kind === "held" ? begun.held : expect.fail(begun.kind);
}

describe("the queue of deployments", () => {
  test("a busy environment keeps no worker and no other environment waiting, and the end there sends the next", async () => {
    const [first, second, elsewhere] = [await queue("busy"), await queue("busy"), await queue("free")];
    const held = await hold(first);
    await run(second);
    expect(await deployment(second)).toMatchObject({ status: "queued", attempt: 0 });
    await run(elsewhere);
    expect(await deployment(elsewhere)).toMatchObject({ status: "success" });
    await recordFailure(context, held, { problems: [], step: "start", excerpt: [], deterministic: false }, []);
    await context.jobs.work("deployment", 1, run);
    while ((await deployment(second)).status !== "success") await delay(20);
  });

  test("goes by age, but an automatic rollback comes first; a job of a later one brings the first on", async () => {
    const [first, second, back] = [await queue("order"), await queue("order"), await queue("order", "auto_rollback")];
    expect(await next("order")).toBe(back);
    const begun = await beginDeployment(context.handle, second, "somebody");
    expect(begun).toEqual({ kind: "busy", next: back });
    await run(second);
    expect((await deployment(back)).status).toBe("success");
    expect([(await deployment(first)).attempt, (await deployment(second)).attempt].filter((attempt) => attempt > 0).length).toBeLessThanOrEqual(1);
    while ((await deployment(second)).status !== "success") await delay(20);
    const [one, two] = [await deployment(first), await deployment(second)];
    expect(Number(one.startedAt)).toBeLessThan(Number(two.startedAt));
  });

  test("an environment that another data directory drives is left to it", async () => {
    await context.handle.db.insertInto("environmentOwners").values({ environment: "elsewhere", owner: "another" }).execute();
    const id = await queue("elsewhere");
    await run(id);
    expect(await deployment(id)).toMatchObject({ status: "queued", attempt: 0 });
    // It has not been seen for long.
    await context.handle.db.updateTable("environmentOwners").set({ seenAt: new Date(0) }).where("environment", "=", "elsewhere").execute();
    await run(id);
    expect(await deployment(id)).toMatchObject({ status: "success" });
  });

  test("the lease of a dead worker ends at once, that of one that stands still does not", async () => {
    const child = spawn("sleep", ["600"]);
    const id = await queue("dead");
    const held = await beginDeployment(context.handle, id, describeHolder(child.pid));
    expect(held.kind).toBe("held");
    child.kill("SIGSTOP");
    await endLeasesOfTheDead(context);
    expect(await beginDeployment(context.handle, id, "somebody")).toEqual({ kind: "busy" });
    child.kill("SIGKILL");
    await once(child, "exit");
    await endLeasesOfTheDead(context);
    await run(id);
    expect(await deployment(id)).toMatchObject({ status: "success", attempt: 2 });
  });
});
