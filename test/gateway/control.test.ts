import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bringUp, urlOf } from "../contracts/target-contract.ts";
import { freePort } from "../support/free-port.ts";
import { makeProcessHarness, type ProcessHarness } from "../support/process-harness.ts";

const program = fileURLToPath(new URL("../../packages/control-plane/src/deployment/gateway/main.ts", import.meta.url));

describe("one gateway per environment", () => {
  let harness: ProcessHarness;
  beforeEach(async () => {
    harness = await makeProcessHarness();
  });
  afterEach(() => harness.close());

  test("many callers at once start one gateway", async () => {
    const drivers = [harness.target, harness.again(), harness.again()];
    const seen = await Promise.all(drivers.flatMap((driver) => [driver.observe(), driver.startGateway()]));
    expect(new Set(seen.map((each) => each.gatewayPid)).size).toBe(1);
    expect(gatewaysOf(harness.directory)).toHaveLength(1);
  });

  test("a second gateway for one directory ends and says why", async () => {
    await harness.target.startGateway();
    const second = await run([program, join(harness.directory, "gateway-settings.json")]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain("gateway_already_running");
    expect((await harness.target.observe()).gatewayPid).toBeGreaterThan(0);
  });

  test("a port in use reaches the caller as port_in_use, and works once it is free", async () => {
    const [holder, port] = [createServer(), await freePort()];
    await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
    const target = harness.again({ listen: `127.0.0.1:${port}` });
    await expect(target.prepare(harness.release("rel_1")).then(() => target.start(harness.release("rel_1")))).rejects.toMatchObject({
      code: "port_in_use",
      problems: [{ message: expect.stringContaining(`127.0.0.1:${port}`) }],
    });
    expect(gatewaysOf(harness.directory)).toEqual([]);
    await new Promise((resolve) => holder.close(resolve));
    expect(await urlOf(target)).toBe(`http://127.0.0.1:${port}`);
  });

  test("an environment that is given another address moves there with the next start, without a pause", async () => {
    const release = harness.release("rel_1");
    await bringUp(harness.target, release);
    await harness.target.switch("rel_1", 5);
    const old = await urlOf(harness.target);
    const port = await freePort();
    const moved = harness.again({ listen: `127.0.0.1:${port}` });
    await moved.start(release);
    expect(await urlOf(moved)).toBe(`http://127.0.0.1:${port}`);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("rel_1");
    await expect(fetch(old, { headers: { connection: "close" } })).rejects.toThrow();
    expect(gatewaysOf(harness.directory)).toHaveLength(1);
  });

  test("an address that is none is refused", async () => {
    await expect(harness.again({ listen: "localhost" }).observe()).rejects.toMatchObject({ code: "listen_invalid" });
  });

  test("works in a directory whose path is too long for a socket", async () => {
    const root = await mkdtemp(join(tmpdir(), "modyard-long-"));
    const directory = join(root, "d".repeat(120));
    await mkdir(directory);
    const long = await makeProcessHarness({ directory });
    await bringUp(long.target, long.release("rel_1"));
    expect((await long.again().observe()).releases).toHaveLength(1);
    await long.close();
    await rm(root, { recursive: true });
  });

  test("secrets are readable for this user only, and in no log", async () => {
    const secret = "s3cret-of-the-database";
    await bringUp(harness.target, harness.release("rel_1", { DATABASE_URL: secret }));
    await harness.target.switch("rel_1", 5);
    expect(await (await fetch(`${await urlOf(harness.target)}/env`)).json()).toMatchObject({ DATABASE_URL: secret });
    for (const file of ["gateway-state.json", "gateway-settings.json", "control.sock", "gateway.pid"]) {
      expect([file, statSync(join(harness.directory, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    expect(await readFile(join(harness.directory, "gateway-state.json"), "utf8")).toContain(secret);
    expect(await readFile(join(harness.directory, "gateway.log"), "utf8")).not.toContain(secret);
    expect(await readFile(join(harness.directory, "logs/rel_1.log"), "utf8")).not.toContain(secret);
    await bringUp(harness.target, harness.release("rel_2"));
    await harness.target.switch("rel_2", 5);
    await harness.target.stop("rel_1");
    expect(await readFile(join(harness.directory, "gateway-state.json"), "utf8")).not.toContain(secret);
  });

  test("an application sees its own environment and nothing of the control plane's", async () => {
    process.env["MODYARD_TEST_SECRET"] = "of the control plane";
    await bringUp(harness.target, harness.release("rel_1"));
    delete process.env["MODYARD_TEST_SECRET"];
    await harness.target.switch("rel_1", 5);
    const env = (await (await fetch(`${await urlOf(harness.target)}/env`)).json()) as Record<string, string>;
    expect(Object.keys(env).toSorted()).toEqual(["HOST", "MODYARD_GATEWAY", "MODYARD_RELEASE_ID", "PATH", "PORT", "RELEASE_ID", "VERSION"]);
  });

  const valid = { releaseId: "rel_1", buildId: "b", artifactDigest: "d", command: ["node"], directory: "/", env: {}, healthPath: "/" };
  test.each([
    ["not JSON", "start", "{"],
    ["no fields", "start", "{}"],
    ["a release id that leaves the directory", "start", JSON.stringify({ fence: 1, listen: "127.0.0.1:0", release: { ...valid, releaseId: "../../etc/passwd" } })],
    ["a NUL in the command", "start", JSON.stringify({ fence: 1, listen: "127.0.0.1:0", release: { ...valid, command: ["no\0de"] } })],
    ["no command", "start", JSON.stringify({ fence: 1, listen: "127.0.0.1:0", release: { ...valid, command: [] } })],
    ["a relative directory", "start", JSON.stringify({ fence: 1, listen: "127.0.0.1:0", release: { ...valid, directory: "x" } })],
    ["an unknown field", "stop", JSON.stringify({ fence: 1, releaseId: "rel_1", force: true })],
    ["a negative time", "switch", JSON.stringify({ fence: 1, releaseId: "rel_1", drainTimeoutSeconds: -1 })],
    ["an endless time", "switch", '{"fence":1,"releaseId":"rel_1","drainTimeoutSeconds":1e999}'],
    ["no fence", "stop", '{"releaseId":"rel_1"}'],
    ["a fence that is no number", "claim", '{"fence":"9"}'],
    ["an array", "shutdown", "[]"],
    ["a name of Object", "constructor", "{}"],
    ["a body of 50 MB", "start", " ".repeat(50_000_000)],
  ])("refuses a control request with %s and lives on", async (_what, name, body) => {
    const { gatewayPid } = await harness.target.startGateway();
    const answer = await post(join(harness.directory, "control.sock"), name, body);
    expect(answer).toContain("gateway_request_invalid");
    expect(await harness.target.observe()).toMatchObject({ gatewayPid, releases: [] });
  });
});

/** Pids of the gateways that run for this directory. */
function gatewaysOf(directory: string): readonly number[] {
  return readdirSync("/proc").filter((pid) => commandLine(pid).includes(join(directory, "gateway-settings.json"))).map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function run(args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  return new Promise((resolve) => execFile(process.execPath, args, (error, _stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stderr })));
}

/** The answer's text; a connection that the gateway cut because of a body too large counts as its refusal when it said so first. */
function post(socketPath: string, name: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: `/${name}`, method: "POST" }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.once("close", () => resolve(text));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
