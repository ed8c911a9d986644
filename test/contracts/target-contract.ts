import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ObservedRelease, ReleaseToRun, Target } from "../../packages/control-plane/src/deployment/targets/target.ts";
import { smoke } from "../../packages/control-plane/src/deployment/smoke.ts";
import { heldTarget, type HeldTarget } from "../support/held-target.ts";
import { askContinuously } from "../support/steady-client.ts";

/** One driver with an empty environment of its own. */
export interface TargetHarness {
  readonly target: HeldTarget;
  /** The same without a fence of its own. */
  readonly driver: Target;
  /** A release of the fixture application (test/fixtures/apps); `env` says how it behaves. */
  release(releaseId: string, env?: Readonly<Record<string, string>>): ReleaseToRun;
  /** Ends the application's main process without asking it. */
  killApplication(release: ObservedRelease): void;
  close(): Promise<void>;
}

/** Waits until the release is in this state; fails with what it is instead. */
export async function untilStatus(target: HeldTarget, releaseId: string, status: ObservedRelease["status"]): Promise<ObservedRelease> {
  for (let look = 0; look < 4500; look++) {
    const release = await target.check(releaseId);
    if (release.status === status) return release;
    await delay(20);
  }
  const release = await target.check(releaseId);
  expect(release).toMatchObject({ status });
  return release;
}

/** Prepares, starts and waits until the release accepts connections. */
export async function bringUp(target: HeldTarget, release: ReleaseToRun): Promise<ObservedRelease> {
  await target.prepare(release);
  await target.start(release);
  return untilStatus(target, release.releaseId, "running");
}

/** The environment's address for users. */
export async function urlOf(target: HeldTarget): Promise<string> {
  return (await target.observe()).url ?? expect.fail("the environment has no url");
}

const modules = [{ slug: "content", version: "1.0.0" }];

/** What every target driver must do. */
export function describeTarget(name: string, makeHarness: () => Promise<TargetHarness>): void {
  describe(`target ${name}`, () => {
    let harness: TargetHarness;
    let target: HeldTarget;
    const smokeOf = async (started: ObservedRelease, timeoutSeconds: number): ReturnType<typeof smoke> =>
      smoke({
        address: started.address ?? "",
        healthPath: "/health",
        modulesHealthPath: "/health/modules",
        expected: { buildId: "bld_1", modules },
        timeoutSeconds,
        observe: () => target.check(started.releaseId),
      });

    beforeEach(async () => {
      harness = await makeHarness();
      target = harness.target;
    });
    afterEach(() => harness.close());

    test("answers 503 with Retry-After while no release is active", async () => {
      const response = await fetch(await urlOf(target), { headers: { accept: "text/html" } });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await response.text()).toContain("No release is active");
    });

    test("starts a release beside nothing, proves it, and sends it the traffic", async () => {
      const release = harness.release("rel_1");
      await target.prepare(release);
      const started = await target.start(release);
      expect(await smokeOf(started, 20)).toMatchObject({ ok: true });
      expect(await target.switch("rel_1", 5)).toEqual({ drained: true });
      expect(await (await fetch(await urlOf(target))).text()).toBe("rel_1");
      expect(await target.observe()).toMatchObject({ activeReleaseId: "rel_1", releases: [{ releaseId: "rel_1", status: "running", restarts: 0 }] });
    });

    test("what has passed its smoke check can be switched to at once", async () => {
      for (const releaseId of ["rel_1", "rel_2", "rel_3", "rel_4"]) {
        const release = harness.release(releaseId);
        await target.prepare(release);
        expect(await smokeOf(await target.start(release), 20)).toMatchObject({ ok: true });
        await target.switch(releaseId, 5);
      }
    });

    test("every step may be repeated and then changes nothing", async () => {
      const release = harness.release("rel_1");
      const first = await bringUp(target, release);
      await target.switch("rel_1", 5);
      await Promise.all([target.prepare(release), target.prepare(release)]);
      const again = await Promise.all([target.start(release), target.start(release)]);
      expect(again.map((each) => each.pid)).toEqual([first.pid, first.pid]);
      expect(await target.switch("rel_1", 5)).toEqual({ drained: true });
      await target.stop("rel_never_seen");
      await bringUp(target, harness.release("rel_2"));
      await Promise.all([target.stop("rel_2"), target.stop("rel_2")]);
      await target.stop("rel_2");
      expect(await target.check("rel_2")).toMatchObject({ status: "stopped" });
    });

    test("two starts of one release at once make one process", async () => {
      const release = harness.release("rel_1");
      await target.prepare(release);
      const [one, two] = await Promise.all([target.start(release), target.start(release)]);
      expect(one.pid).toBeDefined();
      expect(two.pid).toBe(one.pid);
    });

    test.each([
      { keepAlive: true, method: "GET" },
      { keepAlive: false, method: "GET" },
      { keepAlive: true, method: "POST" },
    ])("loses no request in switches, whatever the client is: %o", async ({ keepAlive, method }) => {
      await bringUp(target, harness.release("rel_1", { MODE: "rude" }));
      await target.switch("rel_1", 5);
      const client = askContinuously(`${await urlOf(target)}/slow?ms=20`, { keepAlive, method, clients: 8 });
      await client.more(50);
      for (const [next, old] of [["rel_2", "rel_1"], ["rel_3", "rel_2"]] as const) {
        await bringUp(target, harness.release(next, { MODE: "rude" }));
        expect(await target.switch(next, 10)).toEqual({ drained: true });
        await target.stop(old);
        await client.more(50);
      }
      const report = await client.stop();
      expect(report.lost).toEqual([]);
      expect(report.bodies).toEqual(new Set(["rel_1", "rel_2", "rel_3"]));
    });

    test("new requests go to the new release at once while an old one is finished by the old", async () => {
      await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      const url = await urlOf(target);
      const slow = fetch(`${url}/slow?ms=1500`);
      await untilInFlight(target, "rel_1");
      await bringUp(target, harness.release("rel_2"));
      const switched = target.switch("rel_2", 20);
      await untilActive(target, "rel_2");
      expect(await (await fetch(url)).text()).toBe("rel_2");
      expect(await switched).toEqual({ drained: true });
      expect(await (await slow).text()).toBe("rel_1");
    });

    test("a stream keeps running on the old release; the drain time-out is told", async () => {
      const { address } = await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      const url = await urlOf(target);
      const stream = await fetch(`${url}/sse?held`);
      await bringUp(target, harness.release("rel_2"));
      expect(await target.switch("rel_2", 0)).toEqual({ drained: false });
      expect(await (await fetch(url)).text()).toBe("rel_2");
      await fetch(`${address}/let-go`);
      const events = (await stream.text()).match(/data: \S+/g);
      expect(events?.length).toBeGreaterThanOrEqual(20);
      expect(new Set(events?.map((each) => each.split("-")[0]))).toEqual(new Set(["data: rel_1"]));
      expect(await target.switch("rel_2", 5)).toEqual({ drained: true });
    });

    test("a WebSocket stays with its release over a switch, a new one gets the new release", async () => {
      await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      const url = (await urlOf(target)).replace("http", "ws");
      using old = await openSocket(`${url}/ws`);
      expect(await old.say("hello")).toBe("rel_1:hello");
      await bringUp(target, harness.release("rel_2"));
      expect(await target.switch("rel_2", 0)).toEqual({ drained: false });
      using fresh = await openSocket(`${url}/ws`);
      expect(await fresh.say("hello")).toBe("rel_2:hello");
      expect(await old.say("again")).toBe("rel_1:again");
    });

    test("who lost its lease can change nothing any more, and its successor everything", async () => {
      const { driver } = harness;
      const [first, second] = [harness.release("rel_1"), harness.release("rel_2")];
      const [old, present] = [heldTarget(driver, 7), heldTarget(driver, 8)];
      await bringUp(old, first);
      await old.switch("rel_1", 5);
      await bringUp(old, second);
      await present.prepare(second);
      const before = await target.observe();
      const lost = { code: "lease_lost" };
      await expect(old.prepare(harness.release("rel_3"))).rejects.toMatchObject(lost);
      await expect(old.start(harness.release("rel_3"))).rejects.toMatchObject(lost);
      await expect(old.switch("rel_2", 0)).rejects.toMatchObject(lost);
      await expect(old.stop("rel_2")).rejects.toMatchObject(lost);
      expect(await target.observe()).toEqual(before);
      await present.switch("rel_2", 5);
      await present.stop("rel_1");
      expect(await (await fetch(await urlOf(target))).text()).toBe("rel_2");
    });

    test("of many drivers at once the one with the latest lease has the last word", async () => {
      const fences = [11, 15, 12, 14, 13];
      for (const fence of fences) await bringUp(target, harness.release(`rel_${fence}`));
      await Promise.allSettled(fences.map((fence) => harness.driver.switch(`rel_${fence}`, 0, fence)));
      expect(await target.observe()).toMatchObject({ activeReleaseId: "rel_15" });
    });

    test("refuses to switch to a release that does not run, and the old one serves on", async () => {
      await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      const broken = harness.release("rel_2", { MODE: "crash" });
      await target.prepare(broken);
      await target.start(broken);
      await untilStatus(target, "rel_2", "failed");
      await expect(target.switch("rel_2", 5)).rejects.toMatchObject({ code: "release_not_running" });
      await expect(target.switch("rel_3", 5)).rejects.toMatchObject({ code: "release_not_found" });
      expect(await (await fetch(await urlOf(target))).text()).toBe("rel_1");
    });

    test("refuses to stop the active release", async () => {
      await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      await expect(target.stop("rel_1")).rejects.toMatchObject({ code: "release_is_active" });
      expect((await fetch(await urlOf(target))).status).toBe(200);
    });

    test("a release that ends at its start is told with its module and last lines", async () => {
      const release = harness.release("rel_1", { MODE: "crash" });
      await target.prepare(release);
      const started = await target.start(release);
      const outcome = await smokeOf(started, 20);
      expect(outcome).toMatchObject({ ok: false, problems: [{ code: "application_exited", module: "forum" }] });
      expect(await target.check("rel_1")).toMatchObject({ exit: { code: 3, signal: null } });
      expect((await target.check("rel_1")).lastLines.join("\n")).toContain('module "forum" failed to start: no database');
    });

    test("a release that hangs at its start is told apart, and can be stopped", async () => {
      const release = harness.release("rel_1", { MODE: "hang" });
      await target.prepare(release);
      const started = await target.start(release);
      const words = "waiting for something that never comes";
      while (!(await target.check("rel_1")).lastLines.includes(words)) await delay(20);
      const outcome = await smokeOf(started, 1);
      expect(outcome).toMatchObject({ ok: false, problems: [{ code: "application_start_timed_out" }] });
      expect(JSON.stringify(outcome)).toContain(words);
      await target.stop("rel_1");
      expect(await target.check("rel_1")).toMatchObject({ status: "stopped" });
    });

    test("a stopped release starts again from its artifact", async () => {
      await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      await bringUp(target, harness.release("rel_2"));
      await target.switch("rel_2", 5);
      await target.stop("rel_1");
      await bringUp(target, harness.release("rel_1"));
      expect(await target.switch("rel_1", 5)).toEqual({ drained: true });
      expect(await (await fetch(await urlOf(target))).text()).toBe("rel_1");
    });

    test("an active application that is killed comes back by itself; idempotent requests wait for it", async () => {
      const first = await bringUp(target, harness.release("rel_1"));
      await target.switch("rel_1", 5);
      const client = askContinuously(await urlOf(target), { keepAlive: true, clients: 4 });
      await client.more(20);
      harness.killApplication(first);
      await client.more(20);
      const report = await client.stop();
      expect(report.lost).toEqual([]);
      const second = await untilStatus(target, "rel_1", "running");
      expect(second.restarts).toBe(1);
      expect(second.pid).not.toBe(first.pid);
      expect(second.address).toBe(first.address);
    });

    test("an active application that cannot start any more is tried again with growing pauses, and its users are told", async () => {
      await bringUp(target, harness.release("rel_1", { MODE: "crash_after_first" }));
      await target.switch("rel_1", 5);
      harness.killApplication(await target.check("rel_1"));
      while ((await target.check("rel_1")).restarts < 3) await delay(20);
      const response = await fetch(await urlOf(target));
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("starting again");
      expect(await target.observe()).toMatchObject({ activeReleaseId: "rel_1" });
    });
  });
}

async function untilInFlight(target: HeldTarget, releaseId: string): Promise<void> {
  while (((await target.check(releaseId)).inFlight ?? 1) === 0) await delay(5);
}

async function untilActive(target: HeldTarget, releaseId: string): Promise<void> {
  while ((await target.observe()).activeReleaseId !== releaseId) await delay(5);
}

interface TalkingSocket extends Disposable {
  say(text: string): Promise<string>;
}

async function openSocket(url: string): Promise<TalkingSocket> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error(`${url} refused the WebSocket`)), { once: true });
  });
  return {
    say: (text) =>
      new Promise((resolve, reject) => {
        socket.addEventListener("message", (event) => resolve(String(event.data)), { once: true });
        socket.addEventListener("close", () => reject(new Error("the WebSocket was closed")), { once: true });
        socket.send(text);
      }),
    [Symbol.dispose]: () => socket.close(),
  };
}
