import { expect, test } from "vitest";
import { defineModule, type ModuleInput } from "./definition.ts";
import { health, modulesHealth } from "./health.ts";
import { readIdentity } from "./identity.ts";
import { ModuleRegistry } from "./registry.ts";

const identity = { build_id: "bld_1", release_id: "rel_1" };

function registryOf(...inputs: readonly (Pick<ModuleInput, "slug"> & Partial<ModuleInput>)[]): ModuleRegistry {
  const registry = new ModuleRegistry();
  for (const input of inputs) registry.register(defineModule({ name: input.slug.toUpperCase(), description: "", version: "1.0.0", ...input }));
  return registry;
}

test("tells build and release, null where nobody said", () => {
  expect(health(identity)).toEqual({ status: 200, body: { status: "ok", build_id: "bld_1", release_id: "rel_1" } });
  expect(readIdentity({ MODYARD_BUILD_ID: "bld_2", MODYARD_RELEASE_ID: "" })).toEqual({ build_id: "bld_2", release_id: null });
});

test("lists every module in dependency order, with what it is", async () => {
  const registry = registryOf({ slug: "blog", dependencies: ["content"] }, { slug: "content", kind: "core", version: "2.0.0" });
  expect(await modulesHealth(registry, { identity })).toEqual({
    status: 200,
    body: {
      status: "ok",
      ...identity,
      modules: [
        { slug: "content", name: "CONTENT", version: "2.0.0", kind: "core", status: "ok", dependencies: [] },
        { slug: "blog", name: "BLOG", version: "1.0.0", kind: "optional", status: "ok", dependencies: ["content"] },
      ],
    },
  });
});

test("answers 503 and names each module that is unwell, that throws and that hangs", async () => {
  const registry = registryOf(
    { slug: "good" },
    { slug: "hangs", health: () => new Promise(() => {}) },
    { slug: "ill", health: () => ({ status: "unwell", message: "no database" }) },
    {
      slug: "throws",
      health: () => {
        throw new Error("two\nlines");
      },
    },
  );
  const { status, body } = await modulesHealth(registry, { identity, timeoutMs: 20 });
  expect(status).toBe(503);
  expect(body.status).toBe("unwell");
  expect(body.modules.map((module) => [module.slug, module.status, module.message])).toEqual([
    ["good", "ok", undefined],
    ["hangs", "unwell", "health check failed: did not finish within 20 ms"],
    ["ill", "unwell", "no database"],
    ["throws", "unwell", "health check failed: two lines"],
  ]);
});

test("a check that hangs is not started again by each request, and one that ended is", async () => {
  let checks = 0;
  let finish: (() => void) | undefined;
  const registry = registryOf({
    slug: "slow",
    health: async () => {
      checks += 1;
      await new Promise<void>((resolve) => (finish = resolve));
      return { status: "ok" };
    },
  });
  await modulesHealth(registry, { timeoutMs: 5 });
  await modulesHealth(registry, { timeoutMs: 5 });
  expect(checks).toBe(1);
  finish?.();
  await new Promise((resolve) => setImmediate(resolve));
  await modulesHealth(registry, { timeoutMs: 5 });
  expect(checks).toBe(2);
});
