import assert from "node:assert/strict";
import { test } from "node:test";
import { callModule } from "@modyard/runtime/testing";
import { Articles } from "@platform/content";
import { createForumModule, module, Threads } from "./index.ts";

const fresh = () => createForumModule(new Threads(), new Articles([{ slug: "one", title: "One", body: "Text.", publishedOn: "2026-01-01" }]));

test("lists the threads of a new platform, the newest post first", async () => {
  const { body } = await callModule(module, "GET", "/");
  const { threads } = body as { threads: { title: string; posts: number }[] };
  assert.deepEqual(threads.map(({ title, posts }) => [title, posts]), [["Your first module", 1], ["Say hello", 2]]);
});

test("opens a thread about an article, and takes a reply", async () => {
  const forum = fresh();
  const opened = await callModule(forum, "POST", "/", { body: { title: "On one", author: "ada", text: "Hm.", article: "one" } });
  assert.equal(opened.status, 201);
  const replied = await callModule(forum, "POST", "/1/posts", { body: { author: "grace", text: "Yes." } });
  assert.equal(replied.status, 201);
  const { body } = await callModule(forum, "GET", "/1");
  assert.deepEqual((body as { posts: { author: string }[] }).posts.map(({ author }) => author), ["ada", "grace"]);
});

test("names everything that is wrong with a thread", async () => {
  const answer = await callModule(fresh(), "POST", "/", { body: { title: " ", author: "ada", article: "two" } });
  assert.equal(answer.status, 422);
  assert.match((answer.body as { detail: string }).detail, /title.*text.*no article "two"/);
});

test("a thread that is not there is not found", async () => {
  assert.equal((await callModule(fresh(), "GET", "/9")).status, 404);
  assert.equal((await callModule(fresh(), "POST", "/9/posts", { body: { author: "a", text: "b" } })).status, 404);
});
