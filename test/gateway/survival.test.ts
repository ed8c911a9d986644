import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bringUp, untilStatus, urlOf } from "../contracts/target-contract.ts";
import { makeProcessHarness, type ProcessHarness } from "../support/process-harness.ts";
import { askContinuously } from "../support/steady-client.ts";

describe("what survives what", () => {
  let harness: ProcessHarness;
  beforeEach(async () => {
    harness = await makeProcessHarness();
  });
  afterEach(() => harness.close());

  const gatewayPid = async (): Promise<number> => (await harness.target.observe()).gatewayPid ?? expect.fail("no pid");
  const killGateway = async (): Promise<void> => {
    const pid = await gatewayPid();
    process.kill(pid, "SIGKILL");
    await untilGone(pid);
  };
  const body = async (): Promise<string> => (await fetch(await urlOf(harness.target), { headers: { connection: "close" } })).text();

  test("a gateway that is killed comes back at the same address with the same process of the same release", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const url = await urlOf(harness.target);
    await killGateway();
    expect(isAlive(first.pid)).toBe(true);
    expect(await harness.target.observe()).toMatchObject({ url, activeReleaseId: "rel_1", releases: [{ pid: first.pid, restarts: 0 }] });
    expect(await body()).toBe("rel_1");
  });

  test("who asks while a killed gateway comes back is never told that there is no release", async () => {
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const url = await urlOf(harness.target);
    await killGateway();
    const back = harness.target.startGateway();
    const firstAnswer = async (): Promise<number> => {
      for (;;) {
        const response = await fetch(url).catch(() => undefined);
        if (response !== undefined) return response.status;
      }
    };
    expect(await Promise.all([firstAnswer(), firstAnswer(), firstAnswer()])).toEqual([200, 200, 200]);
    await back;
  });

  test("an adopted application is watched, restarted and stopped like any other", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    await bringUp(harness.target, harness.release("rel_2"));
    await killGateway();
    await untilStatus(harness.target, "rel_1", "running");
    const client = askContinuously(await urlOf(harness.target), { keepAlive: true, clients: 2 });
    harness.killApplication(first);
    while ((await harness.target.check("rel_1")).restarts === 0) await delay(10);
    await client.more(10);
    expect((await client.stop()).lost).toEqual([]);
    const second = await untilStatus(harness.target, "rel_2", "running");
    await harness.target.stop("rel_2");
    expect(await harness.target.check("rel_2")).toMatchObject({ status: "stopped" });
    await untilGone(second.pid ?? 0);
  });

  test("an application that died together with its gateway is started again", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    await killGateway();
    harness.killApplication(first);
    await untilGone(first.pid ?? 0);
    expect((await untilStatus(harness.target, "rel_1", "running")).pid).not.toBe(first.pid);
    expect(await body()).toBe("rel_1");
  });

  test("a process that was started but never written down is found by its marks; one that nobody wants is ended", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const unwanted = await bringUp(harness.target, harness.release("rel_2"));
    await killGateway();
    const file = join(harness.directory, "gateway-state.json");
    const state = JSON.parse(await readFile(file, "utf8")) as { releases: { releaseId: string; process?: unknown }[] };
    for (const release of state.releases) delete release.process;
    await writeFile(file, JSON.stringify({ ...state, releases: state.releases.filter((each) => each.releaseId === "rel_1") }));
    expect((await harness.target.observe()).releases).toMatchObject([{ releaseId: "rel_1", pid: first.pid }]);
    await untilGone(unwanted.pid ?? 0);
  });

  test("a pid that now belongs to another program is neither adopted nor ended", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    await killGateway();
    harness.killApplication(first);
    await untilGone(first.pid ?? 0);
    const stranger = spawn("sleep", ["60"], { detached: true });
    const file = join(harness.directory, "gateway-state.json");
    const state = JSON.parse(await readFile(file, "utf8")) as { releases: { process: { pid: number } }[] };
    for (const release of state.releases) release.process.pid = stranger.pid ?? 0;
    await writeFile(file, JSON.stringify(state));
    const second = await untilStatus(harness.target, "rel_1", "running");
    expect(second.pid).not.toBe(stranger.pid);
    expect(isAlive(stranger.pid)).toBe(true);
    stranger.kill("SIGKILL");
  });

  test("a damaged state file is refused by name instead of being overwritten", async () => {
    const file = join(harness.directory, "gateway-state.json");
    await writeFile(file, '{"version":1,"rel');
    await expect(harness.target.observe()).rejects.toMatchObject({ code: "gateway_state_invalid", problems: [{ message: expect.stringContaining(file) }] });
    expect(await readFile(file, "utf8")).toBe('{"version":1,"rel');
  });

  test("a gateway that ends because of a defect of its own is followed by another without anybody's help", async () => {
    process.env["NODE_OPTIONS"] = `--import=${new URL("../fixtures/defect.mjs", import.meta.url).href}`;
    await harness.target.startGateway();
    delete process.env["NODE_OPTIONS"];
    const application = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const [url, first] = [await urlOf(harness.target), await gatewayPid()];
    await delay(3_500); // One that ends sooner than 3 s is not followed: it would only fail again.
    process.kill(first, "SIGUSR2");
    await untilGone(first);
    while (!(await fetch(url).then((response) => response.ok, () => false))) await delay(10);
    expect(await harness.target.observe()).toMatchObject({ activeReleaseId: "rel_1", releases: [{ pid: application.pid }] });
    expect(await gatewayPid()).not.toBe(first);
  });

  test("what a killed gateway leaves behind does not stop the next one", async () => {
    await killGateway();
    expect(existsSync(join(harness.directory, "control.sock"))).toBe(true);
    expect(existsSync(join(harness.directory, "gateway.pid"))).toBe(true);
    expect(await gatewayPid()).toBeGreaterThan(0);
  });

  test("gateway and application notice nothing when the process that started them is killed", async () => {
    const starter = spawn(process.execPath, [fileURLToPath(new URL("../fixtures/starter.ts", import.meta.url)), harness.directory], { stdio: ["ignore", "pipe", "inherit"] });
    const url = await new Promise<string>((resolve) => starter.stdout.once("data", (line: Buffer) => resolve(line.toString().trim())));
    const client = askContinuously(url, { keepAlive: true, clients: 4 });
    await client.more(50);
    starter.kill("SIGKILL");
    await untilGone(starter.pid ?? 0);
    await client.more(100);
    expect((await client.stop()).lost).toEqual([]);
    expect(await harness.target.observe()).toMatchObject({ url, activeReleaseId: "rel_1" });
  });

  test("a gateway that was shut down ends everything and comes back with the same active release", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const url = await urlOf(harness.target);
    await harness.target.stopGateway();
    expect(isAlive(first.pid)).toBe(false);
    expect(await harness.target.startGateway()).toMatchObject({ url, activeReleaseId: "rel_1" });
    expect(await body()).toBe("rel_1");
  });

  test("an application that ignores SIGTERM is killed after its grace, with the processes that it started", async () => {
    const deaf = await bringUp(harness.target, harness.release("rel_1", { MODE: "deaf", CHILD: "1" }));
    const child = Number(await (await fetch(`${deaf.address}/child`)).text());
    expect(isAlive(child)).toBe(true);
    await harness.target.stop("rel_1");
    expect(isAlive(deaf.pid)).toBe(false);
    await untilGone(child);
    expect(await harness.target.check("rel_1")).toMatchObject({ status: "stopped", exit: { signal: "SIGKILL" } });
  });

  test("a request that kills the application is tried on a second process, not on a third", async () => {
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const response = await fetch(`${await urlOf(harness.target)}/crash`);
    expect(response.status).toBe(502);
    while ((await harness.target.check("rel_1")).restarts < 2) await delay(10);
    expect((await untilStatus(harness.target, "rel_1", "running")).restarts).toBe(2);
  });

  test("what a crashed application started does not outlive it", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1", { CHILD: "1" }));
    await harness.target.switch("rel_1", 5);
    const child = Number(await (await fetch(`${first.address}/child`)).text());
    harness.killApplication(first);
    await untilGone(child);
  });

  test("what a wrapper started has a moment to end in order, and does not outlive it", async () => {
    const release = { ...harness.release("rel_1"), command: ["/bin/sh", "-c", `"${process.execPath}" app.mjs & wait`] as [string, ...string[]] };
    const wrapper = await bringUp(harness.target, release);
    const inner = Number(await (await fetch(`${wrapper.address}/pid`)).text());
    expect(inner).not.toBe(wrapper.pid);
    await harness.target.stop("rel_1");
    expect(["X", "Z"]).toContain(await processState(inner));
    expect((await harness.target.check("rel_1")).lastLines).toContain("ending in order");
  });
});

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? Number.NaN, 0);
  } catch {
    return false;
  }
}

/** Waits until a process is gone; one that stays makes the test time out. A zombie counts as gone. */
async function untilGone(pid: number): Promise<void> {
  while (!["X", "Z"].includes(await processState(pid))) await delay(10);
}

async function processState(pid: number): Promise<string> {
  return /\) (\w)/.exec(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ") X"))?.[1] ?? "X";
}
