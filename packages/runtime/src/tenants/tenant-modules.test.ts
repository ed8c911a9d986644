import { expect, test } from "vitest";
import { defineModule, type ModuleInput } from "../definition.ts";
import { RuntimeError } from "../errors.ts";
import { ModuleRegistry } from "../registry.ts";
import { TenantModules } from "./tenant-modules.ts";
import { MemoryTenantStore } from "./tenant-store.ts";

/** content <- blog <- comments, content <- forum, core `auth` <- nobody. Hooks write into `calls`; those named fail. */
function platform(options: { readonly defaultEnabled?: readonly string[]; readonly failing?: ReadonlySet<string> } = {}) {
  const calls: string[] = [];
  const hook = (call: string) => {
    calls.push(call);
    if (options.failing?.has(call)) throw new Error(`${call} broke`);
  };
  const registry = new ModuleRegistry();
  const add = (slug: string, dependencies: readonly string[], extra: Partial<ModuleInput> = {}) =>
    registry.register(
      defineModule({
        slug,
        name: slug,
        description: "",
        version: "1.0.0",
        dependencies,
        onEnable: ({ tenant }) => hook(`+${slug}@${tenant}`),
        onDisable: ({ tenant }) => hook(`-${slug}@${tenant}`),
        ...extra,
      }),
    );
  add("content", []);
  add("blog", ["content"]);
  add("comments", ["blog"]);
  add("forum", ["content"]);
  add("auth", [], { kind: "core" });
  const store = new MemoryTenantStore();
  const tenants = new TenantModules(registry, { store, defaultEnabled: options.defaultEnabled ?? [] });
  const enabled = async (tenant: string) => (await tenants.list(tenant)).filter((module) => module.enabled).map(({ slug }) => slug);
  return { tenants, store, calls, enabled };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof RuntimeError ? error.code : `not refused: ${String(error)}`;
}

test("a new tenant has core and the defaults with what they need", async () => {
  const { enabled } = platform({ defaultEnabled: ["blog", "not-in-this-build"] });
  expect(await enabled("acme")).toEqual(["auth", "content", "blog"]);
});

test("enabling runs the hook once and concerns one tenant", async () => {
  const { tenants, calls, enabled } = platform({ defaultEnabled: ["content"] });
  expect(await tenants.enable("acme", "forum")).toEqual(["forum"]);
  expect(await tenants.enable("acme", "forum")).toEqual([]);
  expect(calls).toEqual(["+forum@acme"]);
  expect(await enabled("acme")).toContain("forum");
  expect(await tenants.isEnabled("other", "forum")).toBe(false);
});

test("enabling without a dependency is refused, or takes it along in order", async () => {
  const { tenants, calls } = platform();
  expect(await codeOf(tenants.enable("acme", "comments"))).toBe("MODULE_NEEDS_DEPENDENCIES");
  expect(await tenants.enable("acme", "comments", { cascade: true })).toEqual(["content", "blog", "comments"]);
  expect(calls).toEqual(["+content@acme", "+blog@acme", "+comments@acme"]);
});

test("disabling what others use is refused, or takes them along, dependents first", async () => {
  const { tenants, calls, enabled } = platform({ defaultEnabled: ["comments"] });
  expect(await codeOf(tenants.disable("acme", "content"))).toBe("MODULE_HAS_DEPENDENTS");
  expect(await tenants.disable("acme", "content", { cascade: true })).toEqual(["comments", "blog", "content"]);
  expect(calls).toEqual(["-comments@acme", "-blog@acme", "-content@acme"]);
  expect(await enabled("acme")).toEqual(["auth"]);
});

test("core modules and unknown ones are refused", async () => {
  const { tenants } = platform();
  expect(await codeOf(tenants.disable("acme", "auth"))).toBe("MODULE_REQUIRED");
  expect(await codeOf(tenants.enable("acme", "nothing"))).toBe("module_unknown");
  expect(await tenants.isEnabled("acme", "nothing")).toBe(false);
});

test("a failing hook undoes everything, hooks included, and leaves no decision behind", async () => {
  const { tenants, store, calls, enabled } = platform({ failing: new Set(["+comments@acme"]) });
  await expect(tenants.enable("acme", "comments", { cascade: true })).rejects.toThrow('module "comments" could not be enabled: +comments@acme broke');
  expect(calls).toEqual(["+content@acme", "+blog@acme", "+comments@acme", "-blog@acme", "-content@acme"]);
  expect(await enabled("acme")).toEqual(["auth"]);
  expect(await store.read("acme")).toEqual({});
});

test("when undoing fails too, the rest is still undone and both are told", async () => {
  const { tenants, enabled } = platform({ failing: new Set(["+comments@acme", "-blog@acme"]) });
  await expect(tenants.enable("acme", "comments", { cascade: true })).rejects.toThrow(/comments@acme broke \(and undoing failed: -blog@acme broke\)/);
  expect(await enabled("acme")).toEqual(["auth"]);
});

test("a failing onDisable leaves the module enabled", async () => {
  const { tenants, enabled } = platform({ defaultEnabled: ["forum"], failing: new Set(["-forum@acme"]) });
  expect(await codeOf(tenants.disable("acme", "forum"))).toBe("MODULE_HOOK_FAILED");
  expect(await enabled("acme")).toContain("forum");
});

test("a module whose dependency the tenant lacks is not enabled, whatever the store says", async () => {
  const { tenants, store } = platform();
  await store.write("acme", "blog", true);
  expect(await tenants.isEnabled("acme", "blog")).toBe(false);
});

test("two changes of one tenant at once end as one after the other", async () => {
  const { tenants, enabled, calls } = platform({ defaultEnabled: ["content"] });
  const [first, second] = await Promise.all([tenants.enable("acme", "forum"), tenants.enable("acme", "forum")]);
  expect([first, second]).toEqual([["forum"], []]);
  expect(calls).toEqual(["+forum@acme"]);
  expect(await codeOf(Promise.all([tenants.disable("acme", "forum"), tenants.enable("acme", "nothing")]))).toBe("module_unknown");
  expect(await enabled("acme")).toEqual(["auth", "content"]);
});
