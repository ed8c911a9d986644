import * as fc from "fast-check";
import { expect, test } from "vitest";
import { defineModule, type ModuleDefinition } from "./definition.ts";
import { RuntimeError } from "./errors.ts";
import { ModuleRegistry } from "./registry.ts";

function make(slug: string, ...dependencies: readonly string[]): ModuleDefinition {
  return defineModule({ slug, name: slug.toUpperCase(), description: "", version: "1.0.0", dependencies });
}

function registryOf(...modules: readonly ModuleDefinition[]): ModuleRegistry {
  const registry = new ModuleRegistry();
  for (const module of modules) registry.register(module);
  return registry;
}

function thrownBy(act: () => unknown): RuntimeError {
  try {
    act();
  } catch (error) {
    if (error instanceof RuntimeError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("orders dependencies first, then by slug, whatever the order of registration", () => {
  const modules = [make("pages"), make("blog", "content"), make("content", "zero"), make("zero"), make("forum", "blog", "content")];
  const expected = ["pages", "zero", "content", "blog", "forum"];
  expect(registryOf(...modules).ordered().map(({ slug }) => slug)).toEqual(expected);
  expect(registryOf(...modules.toReversed()).ordered().map(({ slug }) => slug)).toEqual(expected);
});

test("property: any graph without cycles comes out in one order that respects it", () => {
  const graph = fc.integer({ min: 1, max: 12 }).chain((size) => fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }));
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), (edges, noise) => {
      // An edge to a smaller number only: no cycle is possible.
      const modules = edges.map((to, index) => make(`m${String(index)}`, ...to.filter((other) => other < index).map((other) => `m${String(other)}`)));
      const shuffled = modules.map((module) => ({ module, rank: noise.next().value ?? 0 })).toSorted((a, b) => a.rank - b.rank).map(({ module }) => module);
      const order = registryOf(...shuffled).ordered().map(({ slug }) => slug);
      expect(order).toEqual(registryOf(...modules).ordered().map(({ slug }) => slug));
      for (const module of modules) for (const needed of module.dependencies) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(module.slug));
    }),
  );
});

test("refuses a second module of one slug and names both", () => {
  const error = thrownBy(() => registryOf(make("forum"), make("forum")));
  expect(error.code).toBe("MODULE_DUPLICATE");
  expect(error.message).toContain('two modules have the slug "forum"');
});

test("names every missing dependency", () => {
  const error = thrownBy(() => registryOf(make("forum", "users", "content"), make("blog", "content")).ordered());
  expect(error.code).toBe("MODULE_DEPENDENCY_MISSING");
  expect(error.message).toBe('module "blog" needs "content", which is not in this build; module "forum" needs "content", which is not in this build; module "forum" needs "users", which is not in this build');
});

test("names every cycle in full, and not those who only wait for it", () => {
  const error = thrownBy(() => registryOf(make("c", "a"), make("a", "b"), make("b", "c"), make("y", "x"), make("x", "y"), make("waits", "a"), make("fine")).ordered());
  expect(error.code).toBe("MODULE_DEPENDENCY_CYCLE");
  expect(error.message).toBe("modules need each other in a circle: a -> b -> c -> a; x -> y -> x");
  expect(error.modules).toEqual(["a", "b", "c", "x", "y"]);
});

test("a module registered later is in the next order", () => {
  const registry = registryOf(make("b"));
  expect(registry.ordered()).toHaveLength(1);
  registry.register(make("a"));
  expect(registry.ordered().map(({ slug }) => slug)).toEqual(["a", "b"]);
  expect(registry.slugs()).toEqual(["a", "b"]);
  expect(registry.has("a")).toBe(true);
  expect(thrownBy(() => registry.get("c")).code).toBe("module_unknown");
});
