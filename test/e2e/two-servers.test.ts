import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { readEvents, type StreamedEvent } from "../support/event-stream.ts";
import { PageClient } from "../support/page-client.ts";
import { goodPassword as password, tokenOf } from "../support/people.ts";
import { processesWith, tryKill } from "../support/processes.ts";
import { RestClient } from "../support/rest-client.ts";

const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));
const listening = z.object({ url: z.string(), pid: z.number(), setup_url: z.string().optional() });

const isCompiling = ({ status, steps }: BuildView): boolean => status === "running" && steps?.some(({ name, status: step }) => name === "compile" && step === "running") === true;

const told = (events: readonly StreamedEvent[]) => events.flatMap(({ id, event }) => (id === undefined ? [] : [[Number(id), event] as const]));

/** The journal's entries after one, as a server's stream tells them, up to the first of the type. */
async function hear(from: RestClient, after: number, type: string): Promise<readonly (readonly [number, string | undefined])[]> {
  const response = await from.raw("GET", "/events", undefined, { accept: "text/event-stream", "last-event-id": String(after) });
  const events = told(await readEvents(response, (soFar) => soFar.some(({ event }) => event === type)));
  return events.slice(0, events.findIndex(([, event]) => event === type) + 1);
}

/** Two servers of one installation: one host, one data directory, and with it one database. Each test goes on from the one before. */
/** Two servers of one installation on one machine: one host, one data directory, and with it one database. Each test goes on from the one before. */
describe("two servers", () => {
  let first: TestControlPlane;
  let second: ChildProcess | undefined;
  let secondUrl = "";
  let secondPid = 0;
  let setupUrl = "";
  let api: RestClient;

  beforeAll(async () => {
    first = await TestControlPlane.open();
    const args = ["serve", "--host-repo", first.host, "--data", first.data, "--port", "0", "--environment", `prod=${new URL(first.applicationUrl).host}`];
    second = spawn(process.execPath, [binary, ...args], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, MODYARD_TEST_SECOND: first.root } });
    const [line] = (await once(createInterface(second.stdout ?? expect.unreachable()), "line")) as [string];
    ({ url: secondUrl, pid: secondPid, setup_url: setupUrl = "" } = listening.parse(JSON.parse(line)));
    api = new RestClient(() => ({ url: secondUrl, token: first.token }));
  });
  afterAll(async () => {
    await endSecond("SIGTERM");
    await first?.close();
  });

  async function endSecond(signal: NodeJS.Signals): Promise<void> {
    if (second === undefined || second.exitCode !== null || second.signalCode !== null) return;
    const gone = once(second, "exit");
    if (signal === "SIGKILL") for (const pid of await processesWith({ environment: `MODYARD_TEST_SECOND=${first.root}`, commandLine: "serve" })) tryKill(pid, signal);
    else second.kill(signal);
    await gone;
  }

  test("a session that began at one is good at the other, and ends at both", async () => {
    const page = new PageClient(secondUrl);
    expect((await page.json("POST", "/auth/setup", { token: tokenOf(setupUrl), email: "ada@example.org", name: "Ada", password })).body).toEqual({ signed_in: true });
    const other = new PageClient(first.url);
    for (const [name, value] of page.cookies) other.cookies.set(name, value);
    expect((await other.ask("GET", "/admin/builds")).status).toBe(200);
    expect((await other.ask("POST", "/auth/sign-out", {})).status).toBe(200);
    expect((await page.ask("GET", "/admin/builds")).status).toBe(401);
  });

  test("both tell the same, and what one was killed in the middle of the other finishes", async () => {
    const heard = Promise.all([hear(first.api, 0, "BuildStarted"), hear(api, 0, "BuildStarted")]);
    const { build_id: id } = await api.requestBuild({ install: ["forum"], reason: "forum", requested_by: "ada" });
    const [byFirst, bySecond] = await heard;
    expect(bySecond).toEqual(byFirst);
    expect(byFirst.map(([, type]) => type)).toEqual(expect.arrayContaining(["PersonSignedIn", "BuildRequested", "BuildStarted"]));
    const { holder } = await first.api.buildWhen(id, isCompiling);
    const isFirst = holder?.split(":")[1] !== String(secondPid);
    await (isFirst ? first.end("SIGKILL") : endSecond("SIGKILL"));
    const left = isFirst ? api : first.api;
    expect(await left.waitForBuild(id)).toMatchObject({ status: "success", attempt: 2 });
    const [lastHeard] = byFirst.at(-1) ?? [];
    const after = await hear(left, lastHeard ?? 0, "BuildCompleted");
    expect(after.map(([, type]) => type)).toEqual(["BuildTakenOver", "CompositionLanded", "BuildCompleted"]);
    const lines = await left.log(id);
    expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(await first.git("show", "main:modules.toml")).toContain("forum = ");
  });
});
