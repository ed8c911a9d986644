import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { defineModule } from "./definition.ts";
import { modulesHandler, type HandlerOptions } from "./http.ts";
import { ModuleRegistry } from "./registry.ts";
import { json, problem } from "./routes.ts";
import { TenantModules } from "./tenants/tenant-modules.ts";

const forum = defineModule({
  slug: "forum",
  name: "Forum",
  description: "Threads.",
  version: "1.0.0",
  routes: [
    { method: "GET", path: "/", handle: (request) => json({ tenant: request.tenant, query: request.query }) },
    { method: "GET", path: "/:id", handle: ({ params }) => json(params) },
    { method: "POST", path: "/:id/posts", handle: ({ params, body, path }) => json({ id: params["id"], body, path }, 201) },
    { method: "GET", path: "/teapot", handle: () => problem(418, "TEAPOT", "A teapot", "short and stout") },
    { method: "GET", path: "/page", handle: () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<p>" }) },
    { method: "GET", path: "/broken", handle: () => Promise.reject(new Error("no\ndatabase")) },
    { method: "DELETE", path: "/:id", handle: () => ({ status: 204 }) },
  ],
});

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const of = (input: object): ModuleRegistry => new ModuleRegistry().register(defineModule({ ...forum, ...input }));

function host({ registry = of({}), ...options }: HandlerOptions & { readonly registry?: ModuleRegistry } = {}): Promise<string> {
  return serve(modulesHandler(registry, { health: { identity: { build_id: "bld_1", release_id: null } }, ...options }));
}

async function ask(url: string, init: RequestInit = {}): Promise<readonly [status: number, body: unknown]> {
  const response = await fetch(url, init);
  return [response.status, await response.json()];
}

const post = (body: string, type = "application/json"): RequestInit => ({ method: "POST", body, headers: { "content-type": type } });

test("routes live below the slug and get params, query, body and tenant", async () => {
  const url = await host({ tenantOf: ({ headers }) => String(headers["x-tenant"]) });
  expect(await ask(`${url}/forum?a=1&b=2&b=3`, { headers: { "x-tenant": "acme" } })).toEqual([200, { tenant: "acme", query: { a: "1", b: ["2", "3"] } }]);
  expect(await ask(`${url}/forum/a%20b`)).toEqual([200, { id: "a b" }]);
  expect(await ask(`${url}/forum/7/posts?x=1`, post('{"text":"hi"}'))).toEqual([201, { id: "7", body: { text: "hi" }, path: "/forum/7/posts" }]);
  expect(await ask(`${url}/forum/7/posts`, { method: "POST" })).toEqual([201, { id: "7", path: "/forum/7/posts" }]);
});

test("answers keep their status, their content type and their text; a word goes before a parameter", async () => {
  const url = await host();
  expect(await ask(`${url}/forum/teapot`)).toEqual([418, { title: "A teapot", status: 418, code: "TEAPOT", detail: "short and stout" }]);
  const page = await fetch(`${url}/forum/page`);
  expect([page.headers.get("content-type"), await page.text()]).toEqual(["text/html", "<p>"]);
  const removed = await fetch(`${url}/forum/7`, { method: "DELETE" });
  expect([removed.status, await removed.text()]).toEqual([204, ""]);
  const head = await fetch(`${url}/forum/7`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([200, "application/json; charset=utf-8", ""]);
});

test("bodies that are too long, no JSON, or of another type are refused", async () => {
  const url = `${await host({ bodyLimit: 20 })}/forum/7/posts`;
  const codes = await Promise.all([
    ask(url, post(JSON.stringify("x".repeat(100)))),
    ask(url, post("{")),
    ask(url, post('{"__proto__":{}}')),
    ask(url, post("<a/>", "text/xml")),
    ask(url, post("hello", "text/plain; charset=utf-8")),
  ]);
  expect(codes).toMatchObject([[413, { code: "BODY_TOO_LARGE" }], [400, { code: "BODY_INVALID" }], [400, { code: "BODY_INVALID" }], [415, { code: "BODY_TYPE_UNKNOWN" }], [201, { body: "hello" }]]);
});

test("/health and /health/modules answer and are never cached", async () => {
  const url = await host();
  const up = await fetch(`${url}/health`);
  expect([up.status, up.headers.get("cache-control"), await up.json()]).toEqual([200, "no-store", { status: "ok", build_id: "bld_1", release_id: null }]);
  expect(await ask(`${url}/health/modules`)).toMatchObject([200, { build_id: "bld_1", modules: [{ slug: "forum", version: "1.0.0" }] }]);
});

test("a tenant without the module gets 404", async () => {
  const tenants = new TenantModules(new ModuleRegistry().register(forum), { defaultEnabled: [] });
  expect(await ask(`${await host({ tenants })}/forum`)).toMatchObject([404, { code: "MODULE_NOT_ENABLED" }]);
});

test("alone it answers everything: what is not there, what is malformed, and what a route throws", async () => {
  const lines: string[] = [];
  const url = await host({ report: (line) => lines.push(line) });
  expect(await ask(url)).toMatchObject([404, { code: "NOT_FOUND" }]);
  expect(await ask(`${url}/forum/%zz`)).toMatchObject([400, { code: "PATH_INVALID" }]);
  expect(await ask(`${url}/forum/broken`)).toMatchObject([500, { code: "INTERNAL" }]);
  expect(lines).toEqual(["GET /forum/broken: no database"]);
});

test("in a chain it takes the parser's body, and leaves to the host what is not a module's", async () => {
  const handler = modulesHandler(new ModuleRegistry().register(forum));
  const errors: unknown[] = [];
  const url = await serve((request, response) => {
    if (request.method === "POST") Object.assign(request, { body: { parsed: true }, originalUrl: `/api${String(request.url)}` });
    handler(request, response, (error) => {
      errors.push(error);
      response.end('"the host"');
    });
  });
  expect(await ask(`${url}/forum/7/posts`, post("{}"))).toEqual([201, { id: "7", body: { parsed: true }, path: "/api/forum/7/posts" }]);
  expect(await ask(`${url}/forum/7/no/such`)).toEqual([200, "the host"]);
  expect(await ask(`${url}/forum/broken`)).toEqual([200, "the host"]);
  expect(errors).toEqual([undefined, new Error("no\ndatabase")]);
});

test("modules that this host cannot have are named", () => {
  expect(() => host({ registry: of({ register: () => undefined }) })).toThrow('module "forum" failed to start: it plugs into a framework');
  expect(() => host({ registry: of({ slug: "health" }) })).toThrow('module "health" failed to start');
});
