import assert from "node:assert/strict";
import { test } from "node:test";
import { callModule } from "@modyard/runtime/testing";
import { Articles, createContentModule, module } from "./index.ts";

const fresh = () => createContentModule(new Articles([{ slug: "one", title: "One", body: "Text.", publishedOn: "2026-01-01" }]));

test("lists articles, newest first", async () => {
  const { body } = await callModule(module, "GET", "/");
  assert.deepEqual((body as { articles: { slug: string }[] }).articles.map(({ slug }) => slug), ["how-modules-arrive", "welcome"]);
});

test("shows one article, and says which one is not there", async () => {
  const content = fresh();
  assert.equal((await callModule(content, "GET", "/one")).status, 200);
  assert.equal((await callModule(content, "GET", "/two")).status, 404);
});

test("publishes an article once", async () => {
  const content = fresh();
  const body = { slug: "two", title: "Two", body: "More text." };
  assert.equal((await callModule(content, "POST", "/", { body })).status, 201);
  assert.equal((await callModule(content, "GET", "/two")).status, 200);
  assert.equal((await callModule(content, "POST", "/", { body })).status, 409);
});

test("refuses an article that is not well formed, and names every fault", async () => {
  const answer = await callModule(fresh(), "POST", "/", { body: { slug: "Not A Slug" } });
  assert.equal(answer.status, 422);
  assert.match((answer.body as { detail: string }).detail, /slug.*title.*body/);
});

test("is unwell without articles", async () => {
  assert.equal((await createContentModule(new Articles()).health?.())?.status, "unwell");
});
