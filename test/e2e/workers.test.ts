import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { hostGit } from "../support/host-git.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { processesWith } from "../support/processes.ts";
import { readPrometheus, valueOf } from "../support/prometheus.ts";
import { until } from "../support/rest-client.ts";
import { spawnWorker, startTestWorker, type TestWorker } from "../support/worker.ts";

const by = { requested_by: "ada" };
const branches = ["one", "two", "three"];

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open({ args: ["--no-worker"], prepareHost: makeBranches });
});
afterAll(() => plane?.close());

let workers: TestWorker[] = [];
afterEach(async () => {
  for (const worker of workers) {
    worker.signal("SIGCONT");
    worker.signal("SIGTERM");
  }
  await Promise.all(workers.map(({ ended }) => ended));
  workers = [];
});

/** The host's build waits for a word from outside, so that a test decides when a build goes on. */
async function makeBranches(host: string): Promise<void> {
  const script = join(host, "scripts/build.js");
  const wait = 'import { existsSync as goes } from "node:fs";\nwhile (!goes("go")) await new Promise((resolve) => setTimeout(resolve, 50));\n';
  await writeFile(script, wait + (await readFile(script, "utf8")));
  await hostGit(host, "commit", "--quiet", "--all", "--message", "Builds wait");
  for (const branch of branches) await hostGit(host, "branch", branch);
}

async function start(count: number): Promise<readonly TestWorker[]> {
  const started = await Promise.all(Array.from({ length: count }, () => startTestWorker(["--host-repo", plane.host, "--data", plane.data, "--metrics", "0"])));
  workers.push(...started);
  return started;
}

const request = (branch: string, change: Record<string, unknown>) => plane.api.requestBuild({ manifest_ref: branch, reason: "more workers", ...by, ...change });
const isCompiling = ({ status, steps }: BuildView) => status === "running" && steps?.some(({ name, status: step }) => name === "compile" && step === "running") === true;
const compiling = (id: string) => plane.api.buildWhen(id, isCompiling);
const slots = () => readdirSync(join(plane.data, "workspaces")).filter((name) => /^\d+$/.test(name));
const buildProcesses = () => processesWith({ environment: `${plane.data}/workspaces/` });

/** Lets builds go on: all that run now, or those in the workspaces named. Where no checkout is yet, or none is any more, nobody waits. */
async function go(in_: readonly string[] = slots()): Promise<void> {
  for (const slot of in_) {
    await writeFile(join(plane.data, "workspaces", slot, "host/go"), "").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

async function finish(...ids: readonly string[]): Promise<readonly BuildView[]> {
  return Promise.all(
    ids.map(async (id) => {
      await plane.api.buildWhen(id, (build) => isCompiling(build) || build.finished_at !== null);
      await go();
      return plane.api.waitForBuild(id);
    }),
  );
}

const holderOf = (build: BuildView): TestWorker => workers.find(({ ready }) => ready.holder === build.holder) ?? expect.unreachable(`nobody is ${build.holder}`);
const told = async (id: string) => (await plane.api.journal()).filter(({ subject_id: subject }) => subject === id).map(({ action }) => action);

/** Everything that a worker could write. */
async function everything(): Promise<unknown> {
  const answers = await Promise.all(["/builds?limit=200", "/events?limit=1000", "/releases?limit=200"].map(async (path) => (await plane.api.raw("GET", path)).json()));
  const { builds } = answers[0] as { builds: { id: string }[] };
  const details = await Promise.all(builds.map(async ({ id }) => [await plane.api.build(id), await plane.api.log(id)]));
  const artifacts = join(plane.data, "artifacts");
  return { answers, details, refs: await plane.git("for-each-ref"), artifacts: existsSync(artifacts) ? readdirSync(artifacts).toSorted() : [] };
}

/** Several builds after each other, on a machine that may be busy. */
const patient = { timeout: 300_000 };

/** What a worker answers about itself. */
async function ask({ ready }: TestWorker, path: string): Promise<readonly [number, string]> {
  const response = await fetch(`${ready.metrics}${path}`);
  return [response.status, await response.text()];
}

describe("three workers and an API", patient, () => {
  test("builds of different branches run at once, those of one branch one after the other, and each is built once", async () => {
    await start(3);
    const ids = await Promise.all(branches.map(async (branch) => (await request(branch, { install: ["forum"] })).build_id));
    const { build_id: second } = await request("one", { install: ["blog"] });
    const running = await Promise.all(ids.map((id) => compiling(id)));
    expect(new Set(running.map(({ holder }) => holder))).toEqual(new Set(workers.map(({ ready }) => ready.holder)));
    expect((await plane.api.build(second)).status).toBe("queued");
    for (const worker of workers) {
      expect([await ask(worker, "/healthz"), await ask(worker, "/readyz")]).toEqual([[200, '{"status":"ok"}'], [200, '{"status":"ok"}']]);
      const found = readPrometheus((await ask(worker, "/metrics"))[1]);
      expect(valueOf(found, "modyard_database_pool_connections", { state: "idle" })).toBeGreaterThan(0);
      expect(worker.ready.metrics).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    }
    const done = await finish(...ids, second);
    expect(done.map(({ status, attempt }) => [status, attempt])).toEqual([...ids, second].map(() => ["success", 1]));
    expect(Date.parse(done.at(-1)?.started_at ?? "")).toBeGreaterThanOrEqual(Date.parse(done[0]?.finished_at ?? ""));
    for (const id of [...ids, second]) expect(await told(id)).toEqual(["build.requested", "build.started", "build.succeeded"]);
    for (const branch of branches) expect(await plane.git("show", `${branch}:modules.toml`)).toContain("forum = ");
  });

  test("a worker that is killed loses its build to another", async () => {
    await start(2);
    const { build_id: id } = await request("two", { install: ["blog"] });
    const killed = holderOf(await compiling(id));
    killed.signal("SIGKILL");
    const [build] = await finish(await plane.api.buildWhen(id, ({ holder }) => holder !== null && holder !== killed.ready.holder).then(({ id: same }) => same));
    expect(build).toMatchObject({ status: "success", attempt: 2 });
    expect(await told(id)).toEqual(["build.requested", "build.started", "build.taken_over", "build.succeeded"]);
    await until("processes of the killed worker", buildProcesses, (pids) => pids.length === 0);
  });

  test("a worker that is asked to end hands its build back at once, and the attempt does not count", async () => {
    await start(2);
    const { build_id: id } = await request("three", { install: ["blog"] });
    const asked = holderOf(await compiling(id));
    // As Ctrl-C does; SIGTERM is what a service manager sends: see `killed.test.ts`.
    asked.signal("SIGINT");
    expect(await asked.ended).toBe(0);
    const [build] = await finish(await plane.api.buildWhen(id, ({ holder }) => holder !== null && holder !== asked.ready.holder).then(({ id: same }) => same));
    expect(build).toMatchObject({ status: "success", attempt: 1 });
    expect(await told(id)).toEqual(["build.requested", "build.started", "build.started", "build.succeeded"]);
  });

  test("a worker that was stopped and goes on after its lease ran out writes nothing, and ends what it started", async () => {
    await start(2);
    const { build_id: id } = await request("two", { uninstall: ["commerce"] });
    const stopped = holderOf(await compiling(id));
    const [mine] = slots();
    const [first] = await until("the compiler", buildProcesses, (pids) => pids.length > 0);
    stopped.signal("SIGSTOP");
    await plane.api.buildWhen(id, (build) => build.holder !== stopped.ready.holder && isCompiling(build));
    await go(slots().filter((slot) => slot !== mine));
    expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "success", attempt: 2 });
    expect(await buildProcesses()).toContain(first);
    const before = await everything();
    stopped.signal("SIGCONT");
    await until("the end of the old build's processes", buildProcesses, (pids) => pids.length === 0);
    await until("the old workspace", () => Promise.resolve(slots()), (left) => left.length === 0);
    expect(stopped.output()).toContain("lease was lost");
    expect(await everything()).toEqual(before);
    // It is well, and takes the next build.
    for (const other of workers.filter((each) => each !== stopped)) other.signal("SIGTERM");
    const { build_id: next } = await request("two", { install: ["commerce"] });
    expect((await compiling(next)).holder).toBe(stopped.ready.holder);
    expect(await finish(next)).toMatchObject([{ status: "success", attempt: 1 }]);
  });

  test("the embedded database lives on with a worker when the server ends, and the worker finishes its build", async () => {
    await start(1);
    const { build_id: id } = await request("three", { uninstall: ["commerce"] });
    await compiling(id);
    await plane.end("SIGTERM");
    expect(plane.databaseOf(plane.data)).toBeDefined();
    await go();
    await until("the workspace", () => Promise.resolve(slots()), (left) => left.length === 0);
    await plane.start();
    expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "success", attempt: 1 });
  });
});

describe("a worker without its database", () => {
  test("waits for it, and ends when it is asked to", async () => {
    const { child, ended, output } = spawnWorker(["--host-repo", plane.host, "--data", join(plane.root, "elsewhere")], { MODYARD_METRICS: "0", DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    await until("its words", () => Promise.resolve(output()), (text) => text.split("does not answer").length > 2);
    const [, url] = /"url":"([^"]+)"/.exec(output()) ?? [];
    expect([(await fetch(`${url}/healthz`)).status, (await fetch(`${url}/readyz`)).status]).toEqual([200, 503]);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
