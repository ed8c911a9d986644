import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { HostBehaviour } from "./fixtures/host.ts";

/** A host as a process of its own, with what it has said so far. */
interface RunningHost {
  readonly process: ChildProcess;
  readonly said: () => readonly string[];
  readonly complained: () => string;
  /** Resolves when a line on stdout starts so, with the rest of the line. */
  readonly saying: (start: string) => Promise<string>;
  /** How it ended, with everything that it had to say. */
  readonly ended: Promise<{ readonly code: number | null }>;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const process of running) process.kill("SIGKILL");
  running.clear();
});

function startHost(behaviour: HostBehaviour, env: Record<string, string> = {}): RunningHost {
  const child = spawn(process.execPath, [join(import.meta.dirname, "fixtures", "host.ts"), JSON.stringify(behaviour)], { env: { ...process.env, ...env } });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const said = () => stdout.split("\n").filter((line) => line !== "");
  const saying = async (start: string): Promise<string> => {
    for (;;) {
      const line = said().find((candidate) => candidate.startsWith(start));
      if (line !== undefined) return line.slice(start.length);
      if (child.exitCode !== null) throw new Error(`the host ended (${String(child.exitCode)}) before it said "${start}": ${stderr}`);
      await Promise.race([once(child.stdout, "data"), once(child, "close")]);
    }
  };
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null }));
  return { process: child, said, complained: () => stderr, saying, ended };
}

/** A request whose body the test sends bit by bit. */
function openRequest(port: number, path: string, agent?: Agent) {
  const request = httpRequest({ port, path, method: "POST", host: "127.0.0.1", ...(agent === undefined ? {} : { agent }) });
  const answer = readAnswer(request);
  request.write("one ");
  return { finish: () => request.end("two"), answer };
}

async function readAnswer(request: ClientRequest): Promise<{ readonly body: string; readonly connection: string | undefined }> {
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { body: Buffer.concat(chunks).toString(), connection: response.headers.connection };
}

async function refusesConnections(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const refused = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(false));
      socket.once("error", () => resolve(true));
    });
    socket.destroy();
    if (refused) return;
    await sleep(5);
  }
}

test("SIGTERM finishes the requests under way, closes every connection, stops modules in reverse order and exits 0", async () => {
  const host = startHost({});
  const port = Number(await host.saying("listening "));
  const agent = new Agent({ keepAlive: true });
  const idle = openRequest(port, "/idle", agent);
  idle.finish();
  expect(await idle.answer).toEqual({ body: "whole: one two", connection: "keep-alive" });
  const silent = connect(port, "127.0.0.1");
  await once(silent, "connect");
  const slow = openRequest(port, "/slow");
  const streaming = openRequest(port, "/stream", new Agent({ keepAlive: true }));
  await Promise.all([host.saying("request /slow"), host.saying("request /stream")]);

  host.process.kill("SIGTERM");
  await refusesConnections(port);
  // The connection that never sent anything is given up; what is under way is not.
  await once(silent.resume(), "end");
  expect(host.said()).not.toContain("stop b");
  slow.finish();
  streaming.finish();

  expect(await slow.answer).toEqual({ body: "whole: one two", connection: "close" });
  expect((await streaming.answer).body).toBe("begun whole: one two");
  expect(await host.ended).toEqual({ code: 0 });
  expect(host.complained()).toBe("");
  expect(host.said().filter((line) => !line.startsWith("request"))).toEqual(["start a", "start b", "ready", `listening ${String(port)}`, "close", "stop b", "stop a"]);
});

test("a request that does not finish in time is cut and told", async () => {
  const host = startHost({ options: { drainTimeoutMs: 50 } });
  const port = Number(await host.saying("listening "));
  const stuck = openRequest(port, "/stuck");
  const cut = expect(stuck.answer).rejects.toThrow();
  await host.saying("request /stuck");
  host.process.kill("SIGINT");
  await cut;
  expect(await host.ended).toEqual({ code: 0 });
  expect(host.complained()).toBe("1 request(s) did not finish within 50 ms and were cut\n");
  expect(host.said().slice(-2)).toEqual(["stop b", "stop a"]);
});

test("a second signal exits at once", async () => {
  const host = startHost({});
  const port = Number(await host.saying("listening "));
  const stuck = openRequest(port, "/stuck");
  const cut = expect(stuck.answer).rejects.toThrow();
  await host.saying("request /stuck");
  host.process.kill("SIGTERM");
  await refusesConnections(port);
  host.process.kill("SIGTERM");
  expect(await host.ended).toEqual({ code: 143 });
  await cut;
  expect(host.said()).not.toContain("stop b");
});

test("a module that throws at its start ends the process with one line, and stops what had started", async () => {
  const host = startHost({ start: "throw" });
  expect(await host.ended).toEqual({ code: 1 });
  expect(host.complained()).toBe('module "b" failed to start: boom, on two lines\n');
  expect(host.said()).toEqual(["start a", "start b", "stop a"]);
});

test("a module that hangs at its start is named while it hangs, and ends the process when its time is up", async () => {
  const host = startHost({ start: "hang", options: { slowStartMs: 20, startTimeoutMs: 100 } });
  expect(await host.ended).toEqual({ code: 1 });
  const lines = host.complained().trimEnd().split("\n");
  expect(lines[0]).toBe('module "b" is still starting after 0 s');
  expect(lines.at(-1)).toBe('module "b" failed to start: did not finish within 100 ms');
});

test("a signal during the start ends the process", async () => {
  const host = startHost({ start: "hang" });
  await host.saying("start b");
  host.process.kill("SIGTERM");
  expect(await host.ended).toEqual({ code: 143 });
});

test.for(["throw", "hang"] as const)("a module that fails to stop (%s) does not keep the others from stopping, and the exit code tells", async (stop) => {
  const host = startHost({ stop, options: { stopTimeoutMs: 50 } });
  await host.saying("listening ");
  host.process.kill("SIGTERM");
  expect(await host.ended).toEqual({ code: 1 });
  expect(host.complained()).toMatch(/^module "b" failed to stop: .*\n$/);
  expect(host.said().at(-1)).toBe("stop a");
});

test("a port in use is one line, and started modules stop", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const inUse = startHost({ options: { port } });
  expect(await inUse.ended).toEqual({ code: 1 });
  expect(inUse.complained()).toBe(`port ${String(port)} on 127.0.0.1 is in use by another program\n`);
  expect(inUse.said().slice(-2)).toEqual(["stop b", "stop a"]);
  other.close();
});
