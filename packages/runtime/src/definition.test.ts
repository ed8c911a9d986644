import { expect, test } from "vitest";
import { defineModule } from "./definition.ts";
import { RuntimeError } from "./errors.ts";

const plain = { slug: "forum", name: "Forum", description: "Threads.", version: "1.2.3" };

test("completes and freezes a definition", () => {
  const module = defineModule({ ...plain, dependencies: ["pages", "content", "pages"] });
  expect(module).toMatchObject({ kind: "optional", dependencies: ["content", "pages"], routes: [] });
  expect(Object.isFrozen(module)).toBe(true);
});

test("tells everything that is wrong at once", () => {
  const routes = [{ method: "GET", path: "threads", handle: () => ({ status: 200 }) }] as const;
  const message = 'module "Forum" is not well defined: slug "Forum" is not of the form [a-z][a-z0-9_-]*; name is empty; version "1.2" is not a semantic version such as 1.2.3; route path "threads" does not start with /';
  expect(() => defineModule({ ...plain, slug: "Forum", version: "1.2", name: " ", routes })).toThrow(new RuntimeError("MODULE_INVALID", message, ["Forum"]));
});

test.for(["1.0.0-beta.1", "0.0.1+build.5"])("takes the version %s", (version) => {
  expect(defineModule({ ...plain, version }).version).toBe(version);
});

test.for(["01.0.0", "1.0", "v1.0.0", "1.0.0-", ""])("refuses the version %j", (version) => {
  expect(() => defineModule({ ...plain, version })).toThrow(/not a semantic version/);
});

test("a module cannot need itself", () => {
  expect(() => defineModule({ ...plain, dependencies: ["forum"] })).toThrow(/names itself/);
});
