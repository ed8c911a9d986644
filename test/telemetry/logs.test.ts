import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { buildApi } from "../../packages/control-plane/src/api/server.ts";
import { openTestApi, type TestApi } from "../support/api.ts";

const secret = `mya_${"Xy7".repeat(15)}`;
/** The address that requests come from which reach the API without a socket. */
const proxy = "127.0.0.1";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi(undefined, { MODYARD_TRUSTED_PROXIES: "10.0.0.0/8", DATABASE_URL: "" });
});
afterAll(() => api?.close());

const lineSchema = z.looseObject({ level: z.number(), msg: z.string().optional(), request_id: z.string().optional(), method: z.string().optional(), route: z.string().nullish(), status: z.number().optional() });
const lines = () => api.logged().trim().split("\n").map((line) => lineSchema.parse(JSON.parse(line)));
const requestLines = (id: unknown) => lines().filter(({ msg, request_id: named }) => msg === "request" && named === id);

it("writes one line of each request: who, what and how it went", async () => {
  const response = await api.ask("GET", "/admin/builds/bld_unknown?");
  const id = response.headers["x-request-id"];
  const [line, ...more] = requestLines(id);
  expect(more).toEqual([]);
  expect(line).not.toHaveProperty("left");
  expect(line).toMatchObject({ level: 30, method: "GET", route: "/admin/builds/:id", status: 404, ms: expect.any(Number) as number, principal: { kind: "token", name: "admin" } });
  const open = await api.app.inject("/nowhere");
  expect(requestLines(open.headers["x-request-id"])).toMatchObject([{ route: null, status: 404, principal: null }]);
});

it("tells the same name of a request in a header, in problem details and in the log", async () => {
  for (const path of ["/admin/builds", "/nowhere", "/%zz", "/admin/builds/bld_1", `/admin/builds/${"x".repeat(300)}`]) {
    const response = await api.app.inject({ url: path });
    const id = response.headers["x-request-id"];
    expect([path, response.json()]).toEqual([path, expect.objectContaining({ request_id: id })]);
    expect([path, requestLines(id).length]).toEqual([path, 1]);
  }
});

it("takes the name that a trusted proxy gives, from nobody else, and only if it is one", async () => {
  const trusting = await buildApi({ ...api.plane, config: { ...api.plane.config, trustedProxies: [proxy] } });
  try {
    const named = async (app: Pick<typeof trusting, "inject">, id: string) => (await app.inject({ url: "/healthz", headers: { "x-request-id": id } })).headers["x-request-id"];
    expect(await named(trusting, "from-the-proxy:1")).toBe("from-the-proxy:1");
    for (const bad of ["", "x".repeat(200), "two words", 'quote"', "ä"]) expect(await named(trusting, bad)).toMatch(/^[\da-f-]{36}$/);
    expect(await named(api.app as unknown as typeof trusting, "from-anybody")).toMatch(/^[\da-f-]{36}$/);
  } finally {
    await trusting.close();
  }
});

it("says nothing of probes at the usual level", async () => {
  const response = await api.app.inject("/healthz");
  expect(requestLines(response.headers["x-request-id"])).toMatchObject([{ level: 20 }]);
});

it("has no secret that was sent, wherever it was put", async () => {
  const headers = { cookie: `session=${secret}`, "x-api-key": secret, "idempotency-key": secret, "user-agent": secret, referer: `https://x/?token=${secret}` };
  const hidden = `password-of-${secret.slice(4)}`;
  await api.app.inject({ url: "/admin/builds", headers: { ...headers, authorization: `Bearer ${secret}` } });
  await api.app.inject({ url: "/admin/builds", headers: { ...headers, authorization: `Basic ${Buffer.from(`ada:${hidden}`).toString("base64")}` } });
  for (const body of [{ install: [secret] }, { reason: hidden, nothing: hidden }, `{"broken": "${hidden}`, { install: ["forum"], manifest_ref: `${hidden}` }]) await api.ask("POST", `/admin/builds?token=${hidden}`, body, headers);
  for (const path of [`/admin/builds/${secret}`, `/admin/environments/${secret}?token=${hidden}`, `/${secret}`, `/admin/events?subject=${secret}`, `/%zz${secret}`]) await api.ask("GET", path, undefined, headers);
  expect(api.logged()).not.toContain(secret);
  expect(api.logged()).not.toContain(hidden);
  expect(api.logged()).not.toContain(api.token);
  expect(api.logged()).not.toContain(Buffer.from(`ada:${hidden}`).toString("base64"));
});
