import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Liveness, ObservedRelease, ReleaseToRun } from "../../packages/control-plane/src/deployment/targets/target.ts";
import { bringUp, untilStatus, urlOf } from "../contracts/target-contract.ts";
import { makeProcessHarness, type ProcessHarness } from "../support/process-harness.ts";
import { askContinuously } from "../support/steady-client.ts";

const liveness: Liveness = { intervalSeconds: 0.05, timeoutSeconds: 1, failures: 3, startSeconds: 60 };

describe("an application that stops answering", () => {
  let harness: ProcessHarness;
  beforeEach(async () => {
    harness = await makeProcessHarness();
  });
  afterEach(() => harness.close());

  async function serve(env: Readonly<Record<string, string>> = {}, changes: Partial<Liveness> = {}): Promise<ObservedRelease> {
    const release: ReleaseToRun = { ...harness.release("rel_1", env), liveness: { ...liveness, ...changes } };
    const started = await bringUp(harness.target, release);
    await harness.target.switch("rel_1", 5);
    while (changes.failures !== 0 && Number(await ask("/health-asked")) === 0) await delay(20);
    return started;
  }

  async function untilRestarted(times = 1): Promise<ObservedRelease> {
    while ((await harness.target.check("rel_1")).restarts < times) await delay(20);
    return untilStatus(harness.target, "rel_1", "running");
  }

  const ask = async (path: string): Promise<string> => (await fetch(`${await urlOf(harness.target)}${path}`, { headers: { connection: "close" } })).text();

  test.each([
    ["accepts and answers nothing", async () => void (await ask("/go-mute")), "gave no answer"],
    ["never comes back to its event loop", async ({ address }: ObservedRelease) => void fetch(`${address}/go-busy`).catch(() => undefined), "gave no answer"],
    ["accepts no connections", async ({ address }: ObservedRelease) => void (await fetch(`${address}/go-deaf`)), "could not be asked"],
    ["is stopped by a signal", async ({ pid }: ObservedRelease) => void process.kill(pid ?? Number.NaN, "SIGSTOP"), "gave no answer"],
  ])("because it %s is started again by the gateway alone, and says why", async (_what, silence, reason) => {
    const first = await serve();
    await silence(first);
    const second = await untilRestarted();
    expect(second).toMatchObject({ restarts: 1, lastRestart: { kind: "silent", reason: expect.stringContaining(reason) as string } });
    expect(second.pid).not.toBe(first.pid);
    expect(second.lastLines.join("\n")).toContain("stopped answering");
    expect(await ask("/")).toBe("rel_1");
  });

  test("why it was started again is known over the death of the gateway", async () => {
    await serve();
    await ask("/go-mute");
    const { lastRestart } = await untilRestarted();
    process.kill((await harness.target.observe()).gatewayPid ?? Number.NaN, "SIGKILL");
    expect(await harness.target.check("rel_1")).toMatchObject({ restarts: 1, lastRestart });
  });

  test("that is taken over by another gateway is noticed as well", async () => {
    const first = await serve();
    process.kill((await harness.target.observe()).gatewayPid ?? Number.NaN, "SIGKILL");
    expect((await untilStatus(harness.target, "rel_1", "running")).pid).toBe(first.pid);
    while (Number(await ask("/health-asked")) === 0) await delay(20);
    await ask("/go-mute");
    expect((await untilRestarted()).pid).not.toBe(first.pid);
  });

  test("but whose users get their answers is left alone, however slow its health is", async () => {
    const first = await serve({ MODE: "mute_health" });
    const client = askContinuously(`${await urlOf(harness.target)}/slow?ms=50`, { keepAlive: true, clients: 4 });
    while (Number(await ask("/health-asked")) < 2 * liveness.failures) await client.more(5);
    expect(await harness.target.check("rel_1")).toMatchObject({ pid: first.pid, restarts: 0 });
    expect((await client.stop()).lost).toEqual([]);
    expect((await untilRestarted()).pid).not.toBe(first.pid);
  });

  test("but is unwell and says so is left alone: that is no silence", async () => {
    const first = await serve({ MODE: "unwell" });
    while (Number(await ask("/health-asked")) < 2 * liveness.failures) await delay(20);
    expect(await harness.target.check("rel_1")).toMatchObject({ pid: first.pid, restarts: 0 });
  });

  test("before it has users is left to its deployment", async () => {
    const started = await bringUp(harness.target, { ...harness.release("rel_1", { MODE: "mute_health" }), liveness });
    await fetch(`${started.address}/go-mute`);
    await serveOther();
    expect(await harness.target.check("rel_1")).toMatchObject({ pid: started.pid, restarts: 0 });
  });

  test("is left alone where the environment says so", async () => {
    const first = await serve({ MODE: "mute_health" }, { failures: 0 });
    await serveOther();
    expect(await harness.target.check("rel_1")).toMatchObject({ pid: first.pid, restarts: 0 });
  });

  test("again and again, from its start on, is tried again with growing pauses", async () => {
    const first = await serve({ MODE: "hang_after_first" }, { startSeconds: 0.1 });
    harness.killApplication(first);
    while ((await harness.target.check("rel_1")).restarts < 3) await delay(20);
    const { lastRestart } = await harness.target.check("rel_1");
    expect(lastRestart).toMatchObject({ kind: "silent", reason: expect.stringContaining("could not be asked") as string });
    const answer = await fetch(await urlOf(harness.target));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("starting again");
  });

  /** A release beside the one that is looked at, silenced and started again: meanwhile that one would have been, too. */
  async function serveOther(): Promise<void> {
    const other = await bringUp(harness.target, { ...harness.release("rel_2"), liveness });
    await harness.target.switch("rel_2", 5);
    while (Number(await ask("/health-asked")) === 0) await delay(20);
    await fetch(`${other.address}/go-mute`);
    while ((await harness.target.check("rel_2")).restarts === 0) await delay(20);
  }
});
