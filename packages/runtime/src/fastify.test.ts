import { fastify as createFastify } from "fastify";
import { expect, test } from "vitest";
import { defineModule } from "./definition.ts";
import { mountModules } from "./fastify.ts";
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
    { method: "POST", path: "/:id/posts", handle: ({ params, body, path }) => json({ id: params["id"], body, path }, 201) },
    { method: "GET", path: "/broken", handle: () => problem(418, "TEAPOT", "A teapot", "short and stout") },
    { method: "GET", path: "/page", handle: () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<p>" }) },
  ],
  register: ({ fastify }) => void fastify.get("/extra", () => "by the framework"),
});

function tenantOf(request: { headers: Record<string, unknown> }): string {
  return String(request.headers["x-tenant"] ?? "default");
}

function host(options: { readonly tenants?: TenantModules; readonly registry?: ModuleRegistry } = {}) {
  const registry = options.registry ?? new ModuleRegistry().register(forum);
  const fastify = createFastify();
  mountModules(fastify, registry, { ...(options.tenants === undefined ? {} : { tenants: options.tenants }), tenantOf, health: { identity: { build_id: "bld_1", release_id: null } } });
  return fastify;
}

test("routes live below the slug and get params, query, body and tenant", async () => {
  const fastify = host();
  expect((await fastify.inject({ url: "/forum?a=1", headers: { "x-tenant": "acme" } })).json()).toEqual({ tenant: "acme", query: { a: "1" } });
  const posted = await fastify.inject({ method: "POST", url: "/forum/7/posts?x=1", payload: { text: "hi" } });
  expect([posted.statusCode, posted.json()]).toEqual([201, { id: "7", body: { text: "hi" }, path: "/forum/7/posts" }]);
});

test("answers keep their status, their content type and their text", async () => {
  const fastify = host();
  const refused = await fastify.inject("/forum/broken");
  expect([refused.statusCode, refused.headers["content-type"]]).toEqual([418, "application/problem+json; charset=utf-8"]);
  expect(refused.json()).toEqual({ title: "A teapot", status: 418, code: "TEAPOT", detail: "short and stout" });
  const page = await fastify.inject("/forum/page");
  expect([page.headers["content-type"], page.body]).toEqual(["text/html", "<p>"]);
});

test("a tenant without the module gets 404 from every route of it, the framework's own too", async () => {
  const registry = new ModuleRegistry().register(forum);
  const tenants = new TenantModules(registry, { defaultEnabled: (tenant) => (tenant === "default" ? ["forum"] : []) });
  const fastify = host({ registry, tenants });
  for (const url of ["/forum", "/forum/extra"]) {
    expect((await fastify.inject(url)).statusCode).toBe(200);
    const refused = await fastify.inject({ url, headers: { "x-tenant": "acme" } });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([404, "MODULE_NOT_ENABLED"]);
  }
  await tenants.enable("acme", "forum");
  expect((await fastify.inject({ url: "/forum", headers: { "x-tenant": "acme" } })).statusCode).toBe(200);
});

test("/health and /health/modules answer and are never cached", async () => {
  const fastify = host();
  const up = await fastify.inject("/health");
  expect([up.statusCode, up.headers["cache-control"], up.json()]).toEqual([200, "no-store", { status: "ok", build_id: "bld_1", release_id: null }]);
  const modules = await fastify.inject("/health/modules");
  expect(modules.json<{ modules: { slug: string }[] }>().modules.map(({ slug }) => slug)).toEqual(["forum"]);
});

test("a module whose route is taken by the host is named", async () => {
  const health = defineModule({ ...forum, slug: "health" });
  const fastify = host({ registry: new ModuleRegistry().register(health) });
  await expect(fastify.ready().then(() => "ready")).rejects.toThrow(/^module "health" failed to start: .*\/health/);
});

test("a module whose register throws is named", async () => {
  const broken = defineModule({ ...forum, slug: "broken", register: () => Promise.reject(new Error("no such plug-in")) });
  const fastify = host({ registry: new ModuleRegistry().register(broken) });
  await expect(fastify.ready().then(() => "ready")).rejects.toThrow('module "broken" failed to start: no such plug-in');
});
