import { createConnection, type AddressInfo, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerNotHttp } from "../../packages/control-plane/src/api/problem-details.ts";
import { buildApi } from "../../packages/control-plane/src/api/server.ts";
import type { Config } from "../../packages/control-plane/src/config/config.ts";
import { openTestApi, type TestApi } from "../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api?.close());

/** The same control plane behind other settings. */
async function withApi(settings: Partial<Config>, use: (app: Awaited<ReturnType<typeof buildApi>>) => Promise<void>): Promise<void> {
  const app = await buildApi({ ...api.plane, config: { ...api.plane.config, ...settings } });
  try {
    await use(app);
  } finally {
    await app.close();
  }
}
/** One after the other: at once they would be counted at once. */
async function statuses(count: number, ask: (index: number) => Promise<{ readonly statusCode: number }>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) found.push((await ask(index)).statusCode);
  return found;
}
const credentials = () => ({ authorization: `Bearer ${api.token}` });

describe("headers", () => {
  const careful = { "x-content-type-options": "nosniff", "cache-control": "no-store", "content-security-policy": expect.stringContaining("default-src 'none'") as string };

  it.each([["an answer", "/admin/builds"], ["no credentials", "/admin/tokens?"], ["nothing there", "/nowhere"], ["no address", "/%zz"], ["a probe", "/healthz"], ["metrics", "/metrics"], ["the description", "/openapi.json"]])("are careful with %s", async (what, url) => {
    const response = await api.app.inject({ url, headers: what === "no credentials" ? {} : credentials() });
    expect(response.headers).toMatchObject({ ...careful, "x-request-id": expect.any(String) as string });
    expect(response.headers).not.toHaveProperty("access-control-allow-origin");
    expect(response.headers).not.toHaveProperty("x-powered-by");
    expect(response.headers).not.toHaveProperty("server");
  });

  it("are careful with streams and with what is no HTTP", async () => {
    await withApi({}, async (app) => {
      const url = await app.listen({ host: "127.0.0.1", port: 0 });
      const stream = await fetch(`${url}/admin/events`, { headers: { ...credentials(), accept: "text/event-stream" } });
      await stream.body?.cancel();
      expect(Object.fromEntries(stream.headers)).toMatchObject({ ...careful, "content-type": "text/event-stream", "x-request-id": expect.any(String) as string, "x-frame-options": "DENY" });
      const socket = createConnection((app.server.address() as AddressInfo).port, "127.0.0.1");
      socket.write("this is not HTTP\r\n\r\n");
      const answer = await text(socket);
      for (const each of ["400 Bad Request", "X-Request-Id: ", "x-content-type-options: nosniff"]) expect(answer).toContain(each);
    });
  });

  it("are told to be too large when they are, and a request that does not come to its end, to be late", async () => {
    await withApi({}, async (app) => {
      const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
      const socket = createConnection(Number(port), "127.0.0.1", () => socket.write(`GET /healthz HTTP/1.1\r\nX-Large: ${"a".repeat(17_000)}\r\n\r\n`));
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n[^]*"status":431,[^]*"code":"headers_too_large"/);
    });
    const late = new PassThrough();
    answerNotHttp(Object.assign(new Error("late"), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), late as unknown as Socket);
    expect(await text(late)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"status":408,[^]*"code":"request_timeout"/);
  });

  it("ask browsers to stay with https where people come by it", async () => {
    await withApi({ signIn: { ...api.plane.config.signIn, publicUrl: "https://modyard.example" } }, async (app) => {
      expect((await app.inject("/healthz")).headers["strict-transport-security"]).toBe("max-age=31536000");
    });
    expect((await api.app.inject("/healthz")).headers).not.toHaveProperty("strict-transport-security");
  });
});

describe("pages of other origins", () => {
  const preflight = { origin: "https://tools.example", "access-control-request-method": "POST", "access-control-request-headers": "authorization" };

  it("are refused by every answer unless they are named", async () => {
    const response = await api.app.inject({ method: "OPTIONS", url: "/admin/builds", headers: preflight });
    expect([response.statusCode, Object.keys(response.headers).filter((name) => name.startsWith("access-control"))]).toEqual([405, []]);
  });

  it("may ask with a token of their own when they are, and never with cookies", async () => {
    await withApi({ corsOrigins: ["https://tools.example"] }, async (app) => {
      const asked = await app.inject({ method: "OPTIONS", url: "/admin/builds", headers: preflight });
      expect([asked.statusCode, asked.headers]).toEqual([204, expect.objectContaining({ "access-control-allow-origin": "https://tools.example", "access-control-allow-methods": expect.stringContaining("POST") as string, "access-control-allow-headers": expect.stringContaining("authorization") as string, vary: "Origin" })]);
      for (const url of ["/admin/builds", "/admin/nothing"]) {
        const { headers } = await app.inject({ url, headers: { ...credentials(), origin: "https://tools.example" } });
        expect(headers).toMatchObject({ "access-control-allow-origin": "https://tools.example", "access-control-expose-headers": expect.stringContaining("x-request-id") as string });
        expect(headers).not.toHaveProperty("access-control-allow-credentials");
      }
      for (const origin of ["https://tools.example.evil", "http://tools.example", "null"]) expect((await app.inject({ url: "/admin/builds", headers: { origin } })).headers).not.toHaveProperty("access-control-allow-origin");
    });
  });
});

const codesOf = (response: LightMyRequestResponse) => (response.json<{ readonly errors?: readonly { readonly extensions: { readonly code: string } }[] }>().errors ?? []).map(({ extensions: { code } }) => code);

describe("rates", () => {
  it("hold each principal to as many requests as it may make, and say when to come again", async () => {
    await withApi({ rates: { reads: 5, writes: 2 } }, async (app) => {
      const read = () => app.inject({ url: "/admin/leases", headers: credentials() });
      const write = () => app.inject({ method: "POST", url: "/admin/retention", headers: credentials(), payload: { dry_run: true } });
      expect(await statuses(6, read)).toEqual([200, 200, 200, 200, 200, 429]);
      // What changes something has a measure of its own.
      expect(await statuses(3, write)).toEqual([200, 200, 429]);
      const refused = await read();
      expect(refused.json()).toMatchObject({ status: 429, code: "rate_limited", request_id: refused.headers["x-request-id"] });
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
      // Whoever has no credentials is counted by address; probes are not starved by one that asks too often.
      expect((await app.inject("/healthz")).statusCode).toBe(200);
    });
  });

  it("hold an address that guesses tokens", async () => {
    await withApi({ rates: { reads: 1, writes: 1 } }, async (app) => {
      const guess = (index: number) => app.inject({ url: "/admin/builds", headers: { authorization: `Bearer mya_${String(index).padStart(43, "x")}` } });
      expect(await statuses(12, guess)).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    });
  });

  it("hold a network of version 6 as one address, and guesses from there whatever their headers say", async () => {
    await withApi({ rates: { reads: 1, writes: 1 } }, async (app) => {
      const guess = (index: number) => app.inject({ url: "/admin/builds", remoteAddress: `2001:db8:0:1::${index + 1}`, headers: { authorization: `Bearer mya_${"x".repeat(43)}`, "x-forwarded-for": `192.0.2.${index}` } });
      expect(await statuses(12, guess)).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
      expect((await app.inject({ url: "/admin/builds", remoteAddress: "2001:db8:0:2::1" })).statusCode).toBe(401);
    });
  });

  it("count each mutation of GraphQL among what changes something", async () => {
    await withApi({ rates: { reads: 50, writes: 2 } }, async (app) => {
      const ask = (query: string) => app.inject({ method: "POST", url: "/graphql", headers: credentials(), payload: { query } });
      const cancel = async () => codesOf(await ask('mutation { cancelBuild(id: "bld_00000000000000000000000000") { build { id } } }'));
      expect([await cancel(), await cancel(), await cancel()]).toEqual([["build_not_found"], ["build_not_found"], ["rate_limited"]]);
      expect(codesOf(await ask("{ me { name } }"))).toEqual([]);
    });
  });

  it("hold each principal to as many streams as anybody can read, and count those that ended no more", async () => {
    await withApi({}, async (app) => {
      const url = await app.listen({ host: "127.0.0.1", port: 0 });
      const follow = () => fetch(`${url}/admin/events`, { headers: { ...credentials(), accept: "text/event-stream" } });
      const streams = await Promise.all(Array.from({ length: 64 }, follow));
      expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
      const refused = await follow();
      expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ code: "rate_limited" })]);
      await Promise.all(streams.map(({ body }) => body?.cancel()));
      await expect.poll(async () => {
        const again = await follow();
        await again.body?.cancel();
        return again.status;
      }).toBe(200);
    });
  });
});

it("refuses parameters that an operation does not know, with the name of each", async () => {
  for (const url of ["/admin/builds?statsu=failed", "/admin/leases?x=1", "/admin/builds/bld_1?verbose=1", "/metrics?x=1"]) {
    const response = await api.ask("GET", url);
    expect([url, response.statusCode, response.json()]).toEqual([url, 400, expect.objectContaining({ code: "request_invalid", detail: expect.stringMatching(/statsu|x|verbose/) as string })]);
  }
  expect((await api.ask("GET", "/admin/builds?status=failed")).statusCode).toBe(200);
});
