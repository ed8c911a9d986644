import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApplicationLog } from "./application-log.ts";
import { restartDelay } from "./backoff.ts";
import { controlSocketPath } from "./control-socket.ts";
import { listenUrl, parseListenAddress } from "./listen-address.ts";
import { processIdentity } from "../../processes/identity.ts";
import { readGatewaySettings } from "./settings.ts";
import { stateFile, type GatewayState } from "./state-file.ts";

describe("restartDelay", () => {
  test("doubles from 100 ms to 30 s", () => {
    expect([1, 2, 3, 9, 10, 1000].map(restartDelay)).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  });
});

describe("parseListenAddress", () => {
  test.each([
    ["127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["0.0.0.0:80", "http://127.0.0.1:80"],
    ["[::]:80", "http://[::1]:80"],
    ["[::1]:81", "http://[::1]:81"],
    ["localhost:0", "http://localhost:0"],
  ])("%s is reached at %s", (text, url) => expect(listenUrl(parseListenAddress(text))).toBe(url));

  test.each(["8080", "localhost", ":80", "a:65536", "a:-1", "::1:80", "a b:1", "http://a:1", ""])("refuses %j", (text) => {
    expect(() => parseListenAddress(text)).toThrow(expect.objectContaining({ code: "listen_invalid" }));
  });
});

test("settings that an earlier version wrote are read, and ask for no sandbox", async () => {
  const settings = { environment: "prod", directory: "/d", listen: "127.0.0.1:0", controlSocket: "/d/control.sock", stopGraceSeconds: 10, restartPatienceSeconds: 2 };
  const place = mkdtempSync(join(tmpdir(), "modyard-settings-"));
  writeFileSync(join(place, "settings.json"), JSON.stringify(settings));
  expect(await readGatewaySettings(join(place, "settings.json"))).toEqual(settings);
  rmSync(place, { recursive: true });
});

describe("controlSocketPath", () => {
  test("fits a socket whatever the directory, and differs between directories", () => {
    const long = `/${"ä".repeat(200)}`;
    expect(controlSocketPath("/data/prod")).toBe("/data/prod/control.sock");
    expect(Buffer.byteLength(controlSocketPath(long))).toBeLessThan(104);
    expect(controlSocketPath(long)).toBe(controlSocketPath(long));
    expect(controlSocketPath(`${long}x`)).not.toBe(controlSocketPath(long));
  });
});

describe("processIdentity", () => {
  test("is the same for a living process and undefined for none", () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
    expect(processIdentity(process.pid)).not.toBe(processIdentity(process.ppid));
    expect(processIdentity(4_194_304 + 1)).toBeUndefined();
  });
});

const stateWith = (port: number): GatewayState => ({ version: 1, port, releases: [], fence: 0 });

describe("files of the gateway", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "modyard-parts-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test("a log keeps its last 200 lines at hand and rotates without losing any", async () => {
    const path = join(directory, "logs/rel_1.log");
    const log = new ApplicationLog(path, { maxBytes: 5_000, keep: 2 });
    const written: string[] = [];
    for (let line = 1; line <= 1_000; line++) {
      log.note(`line ${line}`);
      written.push(`[modyard] line ${line}`);
      if (line % 100 === 0) log.rotateIfLarge();
    }
    const whole = [`${path}.2`, `${path}.1`, path].map((each) => readFileSync(each, "utf8")).join("");
    expect(whole.trim().split("\n")).toEqual(written.slice(-whole.trim().split("\n").length));
    expect(statSync(path).size).toBeLessThanOrEqual(5_000);
    for (let line = 1; line <= 300; line++) log.note(`later ${line}`);
    const last = await log.lastLines();
    expect([last.length, last[0], last.at(-1)]).toEqual([200, "[modyard] later 101", "[modyard] later 300"]);
  });

  test("a line without end is cut, not kept whole", async () => {
    const log = new ApplicationLog(join(directory, "rel_1.log"));
    log.note("x".repeat(100_000));
    expect((await log.lastLines())[0]?.length).toBeLessThan(2_100);
  });

  test("the state is written whole, for this user only, and the last one wins", async () => {
    const file = stateFile(directory);
    expect(await file.load()).toEqual({ version: 1, releases: [], fence: 0 });
    let port = 0;
    await Promise.all(Array.from({ length: 20 }, () => file.save(() => stateWith(++port))));
    expect(await stateFile(directory).load()).toEqual(stateWith(port));
    expect(port).toBeLessThan(20);
    expect(statSync(join(directory, "gateway-state.json")).mode & 0o777).toBe(0o600);
  });

  test("a write that fails is told, and the next one works", async () => {
    const file = stateFile(join(directory, "not-there"));
    await expect(file.save(() => ({ version: 1, releases: [], fence: 0 }))).rejects.toMatchObject({ code: "ENOENT" });
    writeFileSync(join(directory, "gateway-state.json"), '{"version":2}');
    await expect(stateFile(directory).load()).rejects.toMatchObject({ code: "gateway_state_invalid" });
  });
});
