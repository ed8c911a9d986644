import { expect, it } from "vitest";
import { authorize, isAllowed } from "./authorize.ts";
import { permissions, type Permission } from "./permissions.ts";
import type { Grant, Principal } from "./principal.ts";
import { isAtLeast, roles } from "./roles.ts";

const who = (...grants: readonly Grant[]): Principal => ({ kind: "person", id: "1", name: "ada", grants });

it("gives a greater role everything that a lesser one has", () => {
  for (const { roles: allowed } of Object.values(permissions)) {
    const least = roles.find((role) => (allowed as readonly string[]).includes(role)) ?? "owner";
    expect(allowed).toEqual(roles.filter((role) => isAtLeast(role, least)));
  }
});

it("believes the grant of an environment before the one for everywhere, up and down", () => {
  const guarded = who({ environment: null, role: "operator" }, { environment: "prod", role: "viewer" });
  expect([isAllowed(guarded, "deployment.request", "prod"), isAllowed(guarded, "deployment.request", "staging")]).toEqual([false, true]);
  const narrow = who({ environment: "staging", role: "operator" });
  expect([isAllowed(narrow, "deployment.request", "prod"), isAllowed(narrow, "deployment.request", "staging"), isAllowed(narrow, "read")]).toEqual([false, true, true]);
});

it("takes a grant of one environment for nothing that concerns the whole installation", () => {
  const local = who({ environment: "staging", role: "owner" });
  for (const permission of ["build.request", "people.manage", "retention.run"] as const) expect(isAllowed(local, permission)).toBe(false);
});

it("without an environment asks whether there may be one", () => {
  expect(isAllowed(who({ environment: "staging", role: "operator" }), "deployment.rollback")).toBe(true);
  expect(isAllowed(who({ environment: null, role: "viewer" }), "deployment.rollback")).toBe(false);
});

it("allows nothing to who has no grant", () => {
  for (const permission of Object.keys(permissions) as Permission[]) expect(isAllowed(who(), permission)).toBe(false);
});

it("names in the refusal who, what and where", () => {
  expect(() => authorize(who({ environment: null, role: "viewer" }), "deployment.request", "prod")).toThrow(/ada may not do this in prod.*deployment\.request/);
});
