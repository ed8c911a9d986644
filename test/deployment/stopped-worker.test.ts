import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { queueDeployment } from "../../packages/control-plane/src/deployment/request.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import type { Surface } from "../../packages/control-plane/src/manifest/host-descriptor.ts";
import { cutRelease } from "../../packages/control-plane/src/release/cut.ts";
import { storeSuccess } from "../support/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openDeploymentContext, type DeploymentPlace, type OpenDeploymentContext } from "../support/deployment-context.ts";
import { openDirectory } from "../support/directory.ts";
import { hostGit } from "../support/host-git.ts";

const program = fileURLToPath(new URL("../support/deployment-worker.ts", import.meta.url));
const moments = ["prepare", "start", "check", "switch", "after the switch", "stop"] as const;
const environments = [...moments.map((_, index) => `case-${index}`), "unwell"];
const server: Surface = { name: "server", directory: ".", output: [], start: [process.execPath, "app.mjs"], health: "/health", modulesHealth: "/health/modules" };

let database: TestDatabase;
let place: DeploymentPlace;
let context: OpenDeploymentContext;
let worker: { readonly child: ChildProcess; readonly lines: Interface } | undefined;

beforeAll(async () => {
  database = await openTestDatabase();
  place = { connection: database.connection, directory: openDirectory("stopped"), environments };
  context = await openDeploymentContext(place);
});
afterEach(async () => {
  if (worker === undefined) return;
  const gone = once(worker.child, "exit");
  worker.child.kill("SIGKILL");
  await gone;
  worker = undefined;
});
afterAll(async () => {
  for (const { target } of await context.environments.list()) await (target as unknown as { stopGateway(): Promise<void> }).stopGateway();
  await context.close();
  await database.close();
  rmSync(place.directory, { recursive: true, force: true });
});

/** Queues the deployment of a new release. */
async function queue(environment: string, build: Parameters<typeof storeSuccess>[1] = {}): Promise<string> {
  const built = await storeSuccess(context.handle, build);
  return context.handle.db.transaction().execute(async (trx) => {
    const release = await cutRelease(trx, { build: built, environment, surfaces: [server], actor: "ada", reason: "test" });
    return (await queueDeployment(trx, context.jobs, { release, kind: "deploy", actor: "ada", reason: "test" })).id;
  });
}

const run = (id: string): Promise<void> => runDeployment(context, id, new AbortController().signal);
const deployment = (id: string) => context.handle.db.selectFrom("deployments").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

async function startWorker(moment: string): Promise<void> {
  const child = spawn(process.execPath, [program, JSON.stringify(place), moment], { stdio: ["ignore", "pipe", "inherit"] });
  worker = { child, lines: createInterface(child.stdout) };
  await once(worker.lines, "line");
}

const stateOf = async (pid: number): Promise<string> => /\) (\w)/.exec(await readFile(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "";

/** Waits until the worker stands still, and makes its lease run out. */
async function untilStopped(id: string): Promise<void> {
  while ((await stateOf(worker?.child.pid ?? 0)) !== "T") await delay(20);
  await context.handle.db.updateTable("deployments").set({ leaseExpiresAt: sql<Date>`now() - interval '1 second'` }).where("id", "=", id).execute();
}

/** The stopped worker goes on; resolves when it has left the deployment. */
async function goOn(id: string): Promise<void> {
  const left = once(worker?.lines ?? expect.fail(), "line");
  worker?.child.kill("SIGCONT");
  expect(await left).toEqual([`left ${id}`]);
}

/** All that a worker could have written. */
async function everything(environment: string): Promise<unknown> {
  const { db } = context.handle;
  const { target } = await context.environments.get(environment);
  return {
    deployments: await db.selectFrom("deployments").selectAll().where("environment", "=", environment).orderBy("id").execute(),
    releases: await db.selectFrom("releases").selectAll().where("environment", "=", environment).orderBy("id").execute(),
    journal: await db.selectFrom("journal").selectAll().orderBy("id").execute(),
    observed: await target.observe(),
  };
}

describe("a worker that is stopped and goes on when another has its deployment changes nothing", () => {
  test.each(moments.map((moment, index) => [moment, `case-${index}`] as const))("stopped at: %s", async (moment, environment) => {
    await run(await queue(environment));
    await startWorker(moment);
    const id = await queue(environment);
    await untilStopped(id);
    await run(id);
    expect(await deployment(id)).toMatchObject({ status: "success", attempt: 2 });
    const before = await everything(environment);
    await goOn(id);
    expect(await everything(environment)).toEqual(before);
  });

  test("stopped while it takes a change back from the branch, with the row locked", async () => {
    const host = join(place.directory, "host");
    mkdirSync(host);
    await hostGit(host, "init", "--quiet", "--initial-branch=main");
    for (const message of ["before", "after"]) await hostGit(host, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "--message", message);
    const [sourceCommit, resultCommit] = [(await hostGit(host, "rev-parse", "main~1")).trim(), (await hostGit(host, "rev-parse", "main")).trim()];
    await startWorker("land");
    const id = await queue("unwell", { manifestRef: "main", deployTo: "unwell", sourceCommit, resultCommit });
    // The database frees the lock of a transaction that says nothing.
    await untilStopped(id);
    await run(id);
    expect(await deployment(id)).toMatchObject({ status: "failed", attempt: 2, error: { problems: [{ code: "application_start_timed_out" }] } });
    const tip = await hostGit(host, "rev-parse", "main");
    expect(await hostGit(host, "rev-parse", "main~1")).toBe(await hostGit(host, "rev-parse", resultCommit));
    const before = await everything("unwell");
    await goOn(id);
    expect(await hostGit(host, "rev-parse", "main")).toBe(tip);
    expect(await everything("unwell")).toEqual(before);
  });
});
