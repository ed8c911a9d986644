import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { buildRequestedView, type BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { hostGit } from "../support/host-git.ts";
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from "../support/otlp-receiver.ts";
import { until } from "../support/rest-client.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const callerTrace = "0af7651916cd43dd8448eb211c80319c";
const callerSpan = "b7ad6b7169203331";
const secret = "a-secret-that-nobody-may-send";

let receiver: OtlpReceiver;
let plane: TestControlPlane;
let env: Readonly<Record<string, string>>;
let workers: TestWorker[] = [];

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=for-the-receiver", OTEL_BSP_SCHEDULE_DELAY: "50", SOME_SECRET: secret };
  plane = await TestControlPlane.open({ args: ["--no-worker"], env, prepareHost: waitInBuild });
});
afterAll(async () => {
  await plane?.close();
  await receiver?.close();
});
afterEach(async () => {
  for (const worker of workers) worker.signal("SIGTERM");
  await Promise.all(workers.map(({ ended }) => ended));
  workers = [];
});

/** The host's build waits for a word from outside, so that a test decides when it goes on. */
async function waitInBuild(host: string): Promise<void> {
  const script = join(host, "scripts/build.js");
  await writeFile(script, `import { existsSync as goes } from "node:fs";\nwhile (!goes("go")) await new Promise((resolve) => setTimeout(resolve, 50));\n${await readFile(script, "utf8")}`);
  await hostGit(host, "commit", "--quiet", "--all", "--message", "Builds wait");
}

async function startWorker(): Promise<TestWorker> {
  const worker = await startTestWorker(["--host-repo", plane.host, "--data", plane.data, "--environment", `prod=${plane.applicationUrl.replace("http://", "")}`], env);
  workers.push(worker);
  return worker;
}

async function go(): Promise<void> {
  const workspaces = join(plane.data, "workspaces");
  for (const slot of readdirSync(workspaces).filter((name) => /^\d+$/.test(name))) {
    const place = join(workspaces, slot, "host");
    if (existsSync(place)) await writeFile(join(place, "go"), "");
  }
}

const compiling = (id: string, holder: string): Promise<BuildView> =>
  plane.api.buildWhen(id, (build) => build.holder === holder && build.steps?.some(({ name, status }) => name === "compile" && status === "running") === true);
const received = (what: string, isIt: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan | undefined> => until(what, () => Promise.resolve(receiver.spans.find(isIt)), (found) => found !== undefined);
const childrenOf = (span: ReceivedSpan | undefined): readonly string[] => receiver.spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId).toSorted((one, other) => (one.startTimeUnixNano < other.startTimeUnixNano ? -1 : 1)).map(({ name }) => name);

/** Builds with deployments on a machine that may be busy. */
const patient = { timeout: 300_000 };

test("a request, its build with a span for each step, and the deployment are one trace, although a worker was killed meanwhile", patient, async () => {
  const first = await startWorker();
  const response = await plane.api.raw("POST", "/builds?", { install: ["forum"], reason: "traced", deploy_to: "prod" }, { traceparent: `00-${callerTrace}-${callerSpan}-01` });
  const { build_id: id } = buildRequestedView.parse(await response.json());
  await compiling(id, first.ready.holder);
  await received("the last step before the kill", ({ name, instance }) => name === "build generate" && instance === first.ready.holder);
  first.signal("SIGKILL");
  await first.ended;
  const second = await startWorker();
  await compiling(id, second.ready.holder);
  await go();
  expect(await plane.api.waitForBuild(id)).toMatchObject({ status: "success", attempt: 2 });

  const request = await received("the request", ({ name, traceId }) => name === "POST /admin/builds" && traceId === callerTrace);
  expect(request).toMatchObject({ parentSpanId: callerSpan, attributes: { "http.route": "/admin/builds", "http.response.status_code": 202, "modyard.build.id": id, "modyard.request.id": response.headers.get("x-request-id") } });
  const build = await received("the build", ({ name }) => name === "build");
  expect(build).toMatchObject({ traceId: callerTrace, parentSpanId: request?.spanId, instance: second.ready.holder });
  expect(build?.attributes).toMatchObject({ "modyard.build.id": id, "modyard.build.attempt": 2, "modyard.modules": ["forum"], "modyard.environment": "prod", "modyard.status": "success" });
  // One that both processes name: what the first one did before it was killed hangs on it too.
  expect(receiver.spans.filter(({ name }) => name === "build")).toHaveLength(1);
  const begun = ["build checkout", "build render", "build resolve", "build generate"];
  const deployment = await received("the deployment", ({ name }) => name === "deployment");
  expect(childrenOf(build)).toEqual([...begun, ...begun, "build compile", "build test", "build package", "build publish", "build land", "deployment"]);
  expect(new Set(receiver.spans.filter(({ parentSpanId }) => parentSpanId === build?.spanId).map(({ instance }) => instance))).toEqual(new Set([first.ready.holder, second.ready.holder]));
  expect(deployment).toMatchObject({ traceId: callerTrace, parentSpanId: build?.spanId, attributes: { "modyard.build.id": id, "modyard.environment": "prod", "modyard.deployment.kind": "deploy", "modyard.status": "success" } });
  expect(childrenOf(deployment)).toEqual(["deployment prepare", "deployment start", "deployment smoke", "deployment switch", "deployment observe"]);
  // Nothing of it began before or ended after what it is a part of.
  expect(build?.startTimeUnixNano).toBeLessThan(build?.endTimeUnixNano ?? 0n);
});

test("a build that is cancelled says so, and one without a caller is a trace of its own", patient, async () => {
  const worker = await startWorker();
  const { build_id: id } = await plane.api.requestBuild({ install: ["blog"], reason: "cancelled" });
  await compiling(id, worker.ready.holder);
  await plane.api.raw("POST", `/builds/${id}/cancel`);
  const build = await received("the cancelled build", ({ name, attributes }) => name === "build" && attributes["modyard.build.id"] === id);
  expect(build?.attributes).toMatchObject({ "modyard.status": "cancelled", "modyard.modules": ["blog"] });
  expect(build?.traceId).not.toBe(callerTrace);
  const step = receiver.spans.find(({ name, parentSpanId }) => name === "build compile" && parentSpanId === build?.spanId);
  expect(step?.status.code).toBe(2);
});

test("nothing secret is sent, and the receiver gets what it wants to know of its sender", () => {
  for (const each of [plane.token, secret, "authorization"]) expect(receiver.raw()).not.toContain(each);
  expect(receiver.headers.every((headers) => headers["x-api-key"] === "for-the-receiver")).toBe(true);
});
