import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ApplicationLog } from "./application-log.ts";
import { servePublic } from "./public-server.ts";
import { Releases } from "./releases.ts";
import { ApplicationStarter } from "./sandbox/starter.ts";

let directory: string;
let releases: Releases;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "modyard-public-"));
  const logOf = (releaseId: string): ApplicationLog => new ApplicationLog(join(directory, `${releaseId}.log`));
  releases = new Releases({ gatewayDirectory: directory, starter: new ApplicationStarter(directory, "off"), stopGraceMs: 1000, logOf, changed: () => undefined }, () => Promise.resolve());
});
afterEach(() => rmSync(directory, { recursive: true }));

test("who asks before the gateway knows its releases waits for them", async () => {
  const server = await servePublic({ releases, patienceMs: 0 }, "127.0.0.1:0", undefined);
  let answered = false;
  const answer = fetch(server.url).then((response) => {
    answered = true;
    return response.status;
  });
  await delay(200);
  expect(answered).toBe(false);
  await releases.restore({ version: 1, releases: [], fence: 0 });
  expect(await answer).toBe(503);
  await server.close();
});

test("who sends headers for ever holds no connection", async () => {
  const server = await servePublic({ releases, patienceMs: 0, headersMs: 100 }, "127.0.0.1:0", undefined);
  const socket = connect(server.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n"));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  await server.close();
});

test("who sends a body to no release has its answer, and the connection serves on", async () => {
  await releases.restore({ version: 1, releases: [], fence: 0 });
  const server = await servePublic({ releases, patienceMs: 0 }, "127.0.0.1:0", undefined);
  const body = Buffer.alloc(8_000_000, "a");
  const socket = connect(server.port, "127.0.0.1").pause();
  for (const part of [`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`, body, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]) await promisify(socket.write.bind(socket) as (part: string | Buffer, done: () => void) => void)(part);
  expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 503", "HTTP/1.1 503"]);
  await server.close();
});
