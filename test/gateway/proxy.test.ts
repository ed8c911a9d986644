import { randomBytes } from "node:crypto";
import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bringUp, urlOf } from "../contracts/target-contract.ts";
import { makeProcessHarness, type ProcessHarness } from "../support/process-harness.ts";
import { askContinuously } from "../support/steady-client.ts";

describe("what passes through the gateway", () => {
  let harness: ProcessHarness;
  let url: string;
  beforeAll(async () => {
    harness = await makeProcessHarness();
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    url = await urlOf(harness.target);
  });
  afterAll(() => harness.close());

  test("end-to-end headers arrive as they were sent, those of one connection do not", async () => {
    const { text } = await raw("/headers", "X-Keep: 1\r\nX-keep: 2\r\nConnection: close, X-Secret-Hop\r\nX-Secret-Hop: 1\r\nTE: trailers\r\nKeep-Alive: timeout=1\r\nProxy-Authorization: x");
    const pairs = rawPairs(JSON.parse(text.slice(text.indexOf("[\""), text.lastIndexOf("]") + 1)) as string[]);
    expect(pairs.filter(([name]) => name.toLowerCase() === "x-keep")).toEqual([["X-Keep", "1"], ["X-keep", "2"]]);
    const names = pairs.map(([name]) => name.toLowerCase());
    for (const gone of ["x-secret-hop", "te", "keep-alive", "proxy-authorization"]) expect(names).not.toContain(gone);
  });

  test("the application learns who asked, and under which name", async () => {
    const headers = await seenHeaders({ host: "shop.example:8443" });
    expect(headers).toMatchObject({ host: "shop.example:8443", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http", "x-forwarded-host": "shop.example:8443" });
  });

  test("a proxy on this machine is believed about its client", async () => {
    const headers = await seenHeaders({ "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https", "x-forwarded-host": "shop.example" });
    expect(headers).toMatchObject({ "x-forwarded-for": "203.0.113.7, 127.0.0.1", "x-forwarded-proto": "https", "x-forwarded-host": "shop.example" });
  });

  test("headers of the answer arrive, repeated ones too, those of one connection do not", async () => {
    const response = await fetch(`${url}/two-cookies`);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-drop")).toBeNull();
  });

  test.each([
    ["with a length", (bytes: Buffer): ArrayBuffer | ReadableStream => bytes.buffer as ArrayBuffer],
    ["in chunks", (bytes: Buffer): ArrayBuffer | ReadableStream => new Blob([bytes.buffer as ArrayBuffer]).stream()],
  ])("a large body passes in both directions %s", async (_how, bodyOf) => {
    const bytes = Buffer.from(new Uint8Array(randomBytes(8_000_000)));
    const response = await fetch(`${url}/echo`, { method: "POST", body: bodyOf(bytes), duplex: "half" } as RequestInit);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("a body that waits for 100-continue is asked for", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const sent = request(`${url}/echo`, { method: "POST", headers: { expect: "100-continue", "content-length": 5 } }, (response) => {
        response.once("data", (chunk: Buffer) => resolve(chunk.toString()));
      });
      sent.once("error", reject);
      sent.once("continue", () => sent.end("hello"));
      sent.flushHeaders();
    });
    expect(text).toBe("hello");
  });

  test("HEAD has the headers and no body; an empty POST passes", async () => {
    const head = await fetch(`${url}/`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(await (await fetch(`${url}/echo`, { method: "POST" })).text()).toBe("");
  });

  test("requests in one go on one connection are answered in order", async () => {
    const { text } = await raw("/slow?ms=30", "", "GET /pid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(text.indexOf("rel_1")).toBeLessThan(text.lastIndexOf("HTTP/1.1 200"));
  });

  test("the first event of a stream arrives before the last is sent, and its headers before the first", async () => {
    const response = await fetch(`${url}/sse`);
    const first = await response.body?.getReader().read();
    // More than one may have come by now, where the machine is busy.
    expect(new TextDecoder().decode(first?.value)).toMatch(/^data: rel_1-1\n\n(?![^]*rel_1-20)/);
  });

  test("an answer that comes before the body was read reaches a client that sends to the end, and so does its next one", async () => {
    const body = Buffer.alloc(8_000_000, "a");
    const { text } = await sendAll(`POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`, body, "GET /pid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(text.match(/HTTP\/1\.1 (\d+)/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
  });

  test("links to be loaded early come before the answer, to who can take them", async () => {
    expect((await raw("/hints", "")).text).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload; as=style, <\/b\.js>; rel=preload\r\n\r\nHTTP\/1\.1 200 /);
    expect(await exchange("GET /hints HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each([
    ["trailer", "GET", "1.1", false],
    ["trailers", "GET", "1.1", true],
    ["trailers", "GET", "1.0", false],
    ["trailers", "HEAD", "1.1", false],
  ])("an answer that speaks of trailers passes (%s, %s, HTTP/%s)", async (answer, method, version, passed) => {
    const text = await exchange(`${method} /raw?answer=${answer} HTTP/${version}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([text.startsWith("HTTP/1.1 200 "), text.includes("Trailer: X-Sum"), text.includes("x-sum: 1")]).toEqual([true, passed, passed]);
  });

  test("headers as large as browsers take pass", async () => {
    expect((await raw("/raw?answer=large", "")).text).toContain(`X-Policy: ${"a".repeat(20_000)}\r\n`);
    expect((await fetch(`${url}/headers`, { headers: { "x-large": "a".repeat(20_000) } })).status).toBe(431); // As the application itself has it.
  });

  test("an answer that is no HTTP is not asked for again", async () => {
    const before = Number(await (await fetch(`${url}/raw-asked`)).text());
    const response = await fetch(`${url}/raw?answer=garbled`);
    expect([response.status, await response.text()]).toEqual([502, "The application's answer cannot be passed on.\n"]);
    expect(Number(await (await fetch(`${url}/raw-asked`)).text())).toBe(before + 1);
  });

  test("half an answer does not look like a whole one", async () => {
    const response = await fetch(`${url}/half`);
    await expect(response.text()).rejects.toThrow();
  });

  test("a client that goes away ends the application's work for it", async () => {
    const controller = new AbortController();
    await fetch(`${url}/sse`, { signal: controller.signal });
    const stuck = fetch(`${url}/slow?ms=600000`, { signal: controller.signal }).catch(() => undefined);
    while ((await harness.target.check("rel_1")).inFlight !== 2) await delay(5);
    controller.abort();
    await stuck;
    while ((await harness.target.check("rel_1")).inFlight !== 0) await delay(5);
  });

  test.each(["GET", "POST"])("an application that never answers %s is a 502, not a hang", async (method) => {
    expect((await fetch(`${url}/no-answer`, { method })).status).toBe(502);
  });

  test("an idempotent request is not lost to a connection that the application has just closed", async () => {
    const client = askContinuously(`${url}/then-close`, { keepAlive: true, clients: 6 });
    await client.more(2000);
    expect((await client.stop()).lost).toEqual([]);
  });

  test.each([
    ["OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"],
    ["GET http://shop.example/ HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n", "200"],
    ["GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", "400"],
    ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"],
    ["GET / HTTP/1.1\r\n\r\n", "400"],
    ["nonsense\r\n\r\n", "400"],
  ])("answers %j with %s", async (bytes, status) => {
    expect((await exchange(bytes)).split(" ")[1]).toBe(status);
    expect((await fetch(url)).status).toBe(200);
  });

  test("an offer of HTTP/2 beside a normal request is not an upgrade", async () => {
    const { text } = await raw("/", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", undefined, false);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("a WebSocket that the application refuses is answered with its words", async () => {
    const { text } = await raw("/ws-refused", upgradeHeaders);
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(text).toMatch(/no$/);
  });

  test("the control plane's cookies reach no application, by no kind of request", async () => {
    expect(await seenHeaders({ cookie: "a=1; modyard.session_token=secret" })).toMatchObject({ cookie: "a=1" });
    expect([await cookieOfUpgrade("a=1; modyard.session_token=secret"), await cookieOfUpgrade("__Secure-modyard.session_token=secret")]).toEqual(["a=1", "none"]);
  });

  test.each(["/ws-sign-in", "/ws-sign-in-refused"])("no WebSocket signs anybody in to the control plane: %s", async (path) => {
    const { text } = await raw(path, upgradeHeaders);
    expect(text.toLowerCase().match(/set-cookie: .*/g)).toEqual(["set-cookie: a=1"]);
  });

  test("a WebSocket without an active release is told so", async () => {
    const empty = await makeProcessHarness();
    const text = await exchange(`GET /ws HTTP/1.1\r\nHost: x\r\n${upgradeHeaders}\r\n\r\n`, await urlOf(empty.target));
    await empty.close();
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
  });

  const upgradeHeaders = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

  /** What the application sees of a WebSocket's cookies. */
  async function cookieOfUpgrade(cookie: string): Promise<string | undefined> {
    return (await raw("/ws-cookie", `${upgradeHeaders}\r\nCookie: ${cookie}`)).text.split("\r\n\r\n")[1];
  }

  async function seenHeaders(headers: IncomingHttpHeaders): Promise<Record<string, string>> {
    const text = await new Promise<string>((resolve, reject) => {
      request(`${url}/headers`, { headers }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.once("end", () => resolve(body));
      }).once("error", reject).end();
    });
    return Object.fromEntries(rawPairs(JSON.parse(text) as string[]).map(([name, value]) => [name.toLowerCase(), value]));
  }

  /** One GET written by hand; resolves with everything that comes until the gateway closes. */
  async function raw(path: string, headers: string, next = "", close = true): Promise<{ readonly text: string }> {
    const connection = next === "" && close && !headers.includes("Connection:") ? "Connection: close\r\n" : "";
    return { text: await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\n${connection}${headers === "" ? "" : `${headers}\r\n`}\r\n${next}`, url, close) };
  }

  /** Sends all of it before it reads anything, as simple clients do. */
  async function sendAll(...parts: readonly (string | Buffer)[]): Promise<{ readonly text: string }> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).pause();
    for (const part of parts) await new Promise<void>((resolve, reject) => void socket.write(part, (error) => (error ? reject(error) : resolve())));
    return { text: (await socket.toArray()).join("") };
  }

  function exchange(bytes: string, address = url, untilClose = true): Promise<string> {
    const { hostname, port } = new URL(address);
    return new Promise((resolve, reject) => {
      let text = "";
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.once("error", reject);
      socket.once("close", () => resolve(text));
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (!untilClose) socket.destroy();
      });
    });
  }
});

function rawPairs(list: readonly string[]): readonly (readonly [string, string])[] {
  return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1] ?? ""] as const] : []));
}
