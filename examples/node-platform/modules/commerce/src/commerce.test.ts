import assert from "node:assert/strict";
import { test } from "node:test";
import { callModule } from "@modyard/runtime/testing";
import { module } from "./index.ts";

const total = (lines: unknown) => callModule(module, "POST", "/cart/total", { body: { lines } });

test("lists the products", async () => {
  const { body } = await callModule(module, "GET", "/");
  assert.equal((body as { products: unknown[] }).products.length, 3);
});

test("adds a cart up exactly", async () => {
  const { body } = await total([{ sku: "mug", quantity: 3 }, { sku: "poster", quantity: 1 }]);
  assert.equal((body as { total_cents: number }).total_cents, 3 * 1290 + 1995);
});

test("refuses half a mug, an empty cart, and what nobody sells", async () => {
  assert.equal((await total([{ sku: "mug", quantity: 0.5 }])).status, 422);
  assert.equal((await total([])).status, 422);
  const answer = await total([{ sku: "yacht", quantity: 1 }]);
  assert.match((answer.body as { detail: string }).detail, /yacht/);
});
