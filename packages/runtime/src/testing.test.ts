import { expect, test } from "vitest";
import { defineModule } from "./definition.ts";
import { json } from "./routes.ts";
import { callModule } from "./testing.ts";

const module = defineModule({
  slug: "shop",
  name: "Shop",
  description: "",
  version: "1.0.0",
  routes: [
    { method: "GET", path: "/", handle: ({ query, tenant }) => json({ query, tenant }) },
    { method: "GET", path: "/items/:id", handle: ({ params }) => json(params) },
    { method: "POST", path: "/", handle: ({ body }) => json(body, 201) },
  ],
});

test("finds the route by method and path, and hands on what was given", async () => {
  expect((await callModule(module, "GET", "/?page=2", { tenant: "acme" })).body).toEqual({ query: { page: "2" }, tenant: "acme" });
  expect((await callModule(module, "GET", "/items/a%20b")).body).toEqual({ id: "a b" });
  expect(await callModule(module, "POST", "/", { body: { sku: "mug" } })).toEqual({ status: 201, body: { sku: "mug" } });
});

test("a route that is not there is an error of the test, not an answer", async () => {
  await expect(callModule(module, "DELETE", "/items/1")).rejects.toThrow('module "shop" has no route DELETE /items/1');
  await expect(callModule(module, "GET", "/items/")).rejects.toThrow("no route");
});
