import assert from "node:assert/strict";
import { test } from "node:test";
import { callModule } from "@modyard/runtime/testing";
import { module } from "./index.ts";
import { renderPage } from "./pages.ts";

test("lists and shows the pages", async () => {
  assert.equal((await callModule(module, "GET", "/")).status, 200);
  const about = await callModule(module, "GET", "/about");
  assert.match(String(about.body), /<h1>About<\/h1>/);
  assert.equal((await callModule(module, "GET", "/nothing")).status, 404);
});

test("text is text, never markup", () => {
  assert.match(renderPage({ slug: "x", title: "<b>", text: "a & b" }), /&lt;b&gt;.*a &amp; b/);
});
