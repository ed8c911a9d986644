import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildView, type BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { findPlaces } from "../../packages/control-plane/src/database/embedded/places.ts";
import { withLockFile } from "../../packages/control-plane/src/processes/lock-file.ts";
import { commandLineOf } from "../../packages/control-plane/src/processes/identity.ts";
import { processesIn } from "../../packages/control-plane/src/processes/proc.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { until } from "../support/rest-client.ts";
import { askContinuously } from "../support/steady-client.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await TestControlPlane.open({ deployed: true });
});
afterAll(() => plane?.close());

const by = { requested_by: "ada" };
const isAt = (step: string) => ({ steps }: BuildView): boolean => steps?.some(({ name, status }) => name === step && status === "running") === true;
const places = () => findPlaces(plane.data);
const ready = async (): Promise<number> => (await fetch(`${plane.url}/readyz`)).status;
const backends = (): readonly number[] => processesIn(places().data).filter((pid) => commandLineOf(pid)?.startsWith("postgres: modyard ") === true);

/** What the build has come to; undefined while the database does not answer. */
async function buildStatus(id: string): Promise<string | undefined> {
  const response = await plane.api.raw("GET", `/builds/${id}`);
  if (response.status === 503) return undefined;
  expect(response.status).toBe(200);
  return buildView.parse(await response.json()).status;
}

/** Asks for lists without a pause until it is stopped; which answers there were. */
function askApi(): { stop(): Promise<ReadonlyMap<number, string>> } {
  const answers = new Map<number, string>();
  const stopping = new AbortController();
  const asking = (async () => {
    while (!stopping.signal.aborted) {
      const response = await plane.api.raw("GET", "/builds?limit=1");
      answers.set(response.status, `${response.headers.get("retry-after")} ${((await response.json()) as { code?: string }).code}`);
      await delay(5);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await asking;
      return answers;
    },
  };
}

describe("the embedded database under a running control plane", () => {
  test("while it is away the API says so and the application serves on; then it is back by itself", async () => {
    const before = await plane.api.journal();
    const visitor = askContinuously(`${plane.applicationUrl}/health/modules`, { keepAlive: true, clients: 1, pauseMs: 10 });
    const asking = askApi();
    // Whoever holds this starts the server: it stays away for as long as we like.
    await withLockFile(join(places().home, "start.lock"), async () => {
      await plane.killDatabase();
      const { status, problem } = await plane.api.refused("POST", "/builds", { install: ["forum"], reason: "too early", ...by });
      expect([status, problem.code]).toEqual([503, "database_unreachable"]);
      expect(await ready()).toBe(503);
      expect((await fetch(`${plane.url}/healthz`)).status).toBe(200);
    });
    await until("the database", ready, (status) => status === 200);
    const answers = await asking.stop();
    expect([...answers.keys()].toSorted()).toEqual([200, 503]);
    expect(answers.get(503)).toBe("2 database_unreachable");
    expect(await plane.api.journal()).toEqual(before);
    expect((await visitor.stop()).lost).toEqual([]);
  });

  test("killed under a build, the build goes on and nothing acknowledged is lost", async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], reason: "forum", deploy_to: "prod", ...by });
    await plane.api.buildWhen(id, isAt("compile"));
    const acknowledged = await plane.api.journal();
    await plane.killDatabase();
    await until("the database", ready, (status) => status === 200);
    expect(await plane.api.waitForLive(id)).toMatchObject({ build: { status: "success" }, deployment: { status: "success" } });
    expect((await plane.api.journal()).slice(0, acknowledged.length)).toEqual(acknowledged);
    const lines = (await plane.api.log(id)).map(({ line }) => line);
    expect(lines).toEqual(lines.map((_, index) => index + 1));
    expect((await plane.application("/forum")).status).toBe(200);
  });

  test("killed under a deployment, the deployment is finished", async () => {
    const [active] = await plane.api.releases();
    const visitor = askContinuously(`${plane.applicationUrl}/health`, { keepAlive: false, clients: 1, pauseMs: 10 });
    const { deployment_id: id } = await plane.api.rollBack(active?.build_id ?? "", {});
    await plane.api.deploymentWhen(id, ({ status, steps }) => status === "running" && steps.length > 0);
    await plane.killDatabase();
    await until("the database", ready, (status) => status === 200);
    expect(await plane.api.waitForDeployment(id)).toMatchObject({ status: "success" });
    expect((await plane.application("/forum")).status).toBe(404);
    expect((await visitor.stop()).lost).toEqual([]);
  });

  test("when one of its backends is killed all connections are lost, and made again", async () => {
    const stream = await fetch(`${plane.url}/admin/events`, { headers: { accept: "text/event-stream", authorization: `Bearer ${plane.token}` } });
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], reason: "again", force: true, ...by });
    await plane.api.buildWhen(id, isAt("compile"));
    const [first] = backends();
    // The server ends all others by itself.
    process.kill(first ?? expect.unreachable("there is a backend"), "SIGKILL");
    await until("the database", ready, (status) => status === 200);
    await until("the build", () => buildStatus(id), (status) => status === "success");
    // A reader of the stream hears of what came after, through the connection that was made again.
    let heard = "";
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      heard += chunk;
      if (heard.includes("build.succeeded") && heard.includes(id) && heard.slice(heard.lastIndexOf("build.succeeded")).includes(id)) break;
    }
    expect(heard).toContain(id);
  });
});
