import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { ApiError, connect, ConnectionError, openEvents } from "../../packages/control-plane/src/client/index.ts";

/** Asks something that answers as it likes. */
async function asking<T>(listener: RequestListener, ask: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What `listBuilds` throws. */
function errorOf(listener: RequestListener): Promise<unknown> {
  return asking(listener, (url) => connect({ url, token: "mya_x" }).listBuilds().then(() => "no error", (error: unknown) => error));
}

/** The first event of a stream. */
function read(url: string): Promise<unknown> {
  return openEvents({ url }, "/admin/events", { after: "0", signal: new AbortController().signal }).next();
}

const json = { "content-type": "application/json" };
const problem = { type: "t", title: "t", status: 409, detail: "Old", code: "of_a_newer_server", hint: "h", request_id: "r", problems: [{ code: "of_a_newer_server", message: "Old", hint: "h", location: { file: "modules.toml", line: 3 } }] };

describe("connect", () => {
  it("sends its token as a bearer, and nowhere else", async () => {
    let headers: Readonly<Record<string, unknown>> = {};
    await errorOf((request, response) => {
      ({ headers } = request);
      response.writeHead(200, json).end('{"builds":[],"next_cursor":null}');
    });
    expect(headers).toMatchObject({ authorization: "Bearer mya_x" });
    expect(headers).not.toHaveProperty("cookie");
  });

  it("throws what the server says, with everything that it says", async () => {
    const error = await errorOf((_, response) => void response.writeHead(409, { "content-type": "application/problem+json" }).end(JSON.stringify(problem)));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: "of_a_newer_server", message: "Old", details: problem });
  });

  it("knows a refusal that is not Modyard's", async () => {
    const error = await errorOf((_, response) => void response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>"));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 502, details: undefined });
  });

  it.each([
    ["a page", { "content-type": "text/html" }, "<h1>It works</h1>"],
    ["text", { "content-type": "text/plain" }, "hello"],
    ["nothing", json, ""],
    ["nothing of no type", {}, ""],
    ["JSON of another shape", json, '{"builds":[{"id":1}],"next_cursor":null}'],
    ["what is no JSON", json, "{"],
  ])("takes %s for no answer", async (_what, headers, body) => {
    const error = await errorOf((_, response) => void response.writeHead(200, { ...headers, "content-length": body.length }).end(body));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ answered: true, message: expect.stringContaining("not Modyard's to GET /admin/builds") as string });
  });

  it("takes a text where the API answers with one", async () => {
    expect(await asking((_, response) => void response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end("up 1\n"), (url) => connect({ url }).getMetrics())).toBe("up 1\n");
  });

  it("follows no redirect, and tells a cut answer, a refusal to connect and an abort apart from answers", async () => {
    expect(await errorOf((_, response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end())).toMatchObject({ name: "ConnectionError", answered: false });
    for (const status of [200, 409]) {
      const cut: RequestListener = (_, response) => void response.writeHead(status, { ...json, "content-length": 100 }).write("{", () => response.destroy());
      expect(await errorOf(cut)).toMatchObject({ name: "ConnectionError", answered: false });
    }
    await expect(connect({ url: "http://127.0.0.1:1" }).listBuilds()).rejects.toMatchObject({ name: "ConnectionError", answered: false });
    const reason = new Error("enough");
    const stop = new AbortController();
    await expect(asking(() => stop.abort(reason), (url) => connect({ url }).listBuilds({ signal: stop.signal }))).rejects.toBe(reason);
  });

  it("throws a program's own errors in place of its own", async () => {
    const own = new Error("own");
    const toError = (): Error => own;
    await expect(connect({ url: "http://127.0.0.1:1", toError }).listBuilds()).rejects.toBe(own);
    await expect(openEvents({ url: "http://127.0.0.1:1", toError }, "/admin/events", { after: "0", signal: new AbortController().signal }).next()).rejects.toBe(own);
  });
});

describe("openEvents", () => {
  it("takes nothing but a stream of events for an answer", async () => {
    await expect(asking((_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("data: 1\n\n"), read)).rejects.toMatchObject({ name: "ConnectionError", answered: true });
    await expect(asking((_, response) => void response.writeHead(409, json).end(JSON.stringify(problem)), read)).rejects.toMatchObject({ name: "ApiError", status: 409 });
    expect(await asking((_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end("id: 7\ndata: 1\n\n"), read)).toEqual({ done: false, value: { id: "7", event: "message", data: "1" } });
  });
});
