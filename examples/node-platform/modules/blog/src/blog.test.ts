import assert from "node:assert/strict";
import { test } from "node:test";
import { callModule } from "@modyard/runtime/testing";
import { Articles } from "@platform/content";
import { createBlogModule } from "./index.ts";

const blog = createBlogModule(
  new Articles([
    { slug: "old", title: "Old", body: "First. Second.", publishedOn: "2026-01-01" },
    { slug: "new", title: "New", body: "word ".repeat(401), publishedOn: "2026-02-01" },
  ]),
);

test("lists posts, newest first, with the first sentence", async () => {
  const { body } = await callModule(blog, "GET", "/");
  const { posts } = body as { posts: { slug: string; teaser: string }[] };
  assert.deepEqual(posts.map(({ slug }) => slug), ["new", "old"]);
  assert.equal(posts[1]?.teaser, "First.");
});

test("shows one post with its reading time", async () => {
  const { body } = await callModule(blog, "GET", "/new");
  assert.equal((body as { reading_minutes: number }).reading_minutes, 3);
  assert.equal((await callModule(blog, "GET", "/none")).status, 404);
});
