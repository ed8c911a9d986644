import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultEnabled, modules } from "./modules/generated.ts";
import { createPlatform } from "./platform.ts";

test("/health/modules proves every module of the build", async () => {
  const { fastify } = createPlatform();
  const answer = await fastify.inject("/health/modules");
  const body = answer.json<{ modules: { slug: string; version: string }[] }>();
  assert.deepEqual(
    body.modules.map(({ slug, version }) => `${slug} ${version}`).toSorted(),
    modules.map(({ slug, version }) => `${slug} ${version}`).toSorted(),
  );
});

/** Not every module has something to show at `/<slug>` itself. */
const withFrontRoute = modules.filter(({ routes }) => routes.some(({ method, path }) => method === "GET" && path === "/"));

test("every module of the build answers the platform's own tenant", async () => {
  const { fastify } = createPlatform();
  for (const { slug } of withFrontRoute) {
    const answer = await fastify.inject(`/${slug}`);
    assert.equal(answer.statusCode, 200, `GET /${slug}`);
  }
});

test("another tenant starts with the defaults and sees 404 for the rest", async () => {
  const { fastify } = createPlatform();
  for (const { slug } of withFrontRoute) {
    const answer = await fastify.inject({ url: `/${slug}`, headers: { "x-tenant": "acme" } });
    const expected = (defaultEnabled as readonly string[]).includes(slug) ? 200 : 404;
    assert.equal(answer.statusCode, expected, `GET /${slug} for acme`);
  }
});

test("a module that is not in the build is not found", async () => {
  const { fastify } = createPlatform();
  const answer = await fastify.inject("/no-such-module");
  assert.equal(answer.statusCode, 404);
});

test("the admin and storefront pages are served", async () => {
  const { fastify } = createPlatform();
  for (const url of ["/", "/admin"]) {
    const answer = await fastify.inject(url);
    assert.equal(answer.statusCode, 200, url);
    assert.match(answer.body, /<!doctype html>/i);
  }
});
