import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isAllowed } from "./authorize.ts";
import { boundBy, exceeding, tellGrants } from "./bound.ts";
import { permissions, type Permission } from "./permissions.ts";
import type { Grant } from "./principal.ts";
import { roles } from "./roles.ts";

const anyGrants = fc.uniqueArray(fc.record({ environment: fc.constantFrom(null, "prod", "staging"), role: fc.constantFrom(...roles) }), { selector: ({ environment }) => environment });
const may = (grants: readonly Grant[], permission: Permission, environment?: string): boolean => isAllowed({ kind: "token", id: "1", name: "robot", grants }, permission, environment);
const everything = (Object.keys(permissions) as Permission[]).flatMap((permission) => ["prod", "staging", "elsewhere", undefined].map((environment) => ({ permission, environment })));

it("leaves what both may, and nothing that one of them may not", () => {
  fc.assert(
    fc.property(anyGrants, anyGrants, (own, limit) => {
      const left = boundBy(own, limit);
      for (const { permission, environment } of everything) {
        const both = may(own, permission, environment) && may(limit, permission, environment);
        const asked = `${permission} in ${environment}: ${tellGrants(own)} within ${tellGrants(limit)}`;
        if (may(left, permission, environment)) expect([asked, both]).toEqual([asked, true]);
        // Without an environment it is asked whether there is any: two may have one each, and none in common.
        const isAbout = permissions[permission].scope === "environment" ? environment !== undefined : !["read", "self.manage"].includes(permission);
        if (isAbout) expect([asked, may(left, permission, environment)]).toEqual([asked, both]);
      }
    }),
  );
});

it("sees every place in which more is wanted than is allowed", () => {
  fc.assert(
    fc.property(anyGrants, anyGrants, (own, limit) => {
      const more = exceeding(own, limit);
      const isMore = everything.some(({ permission, environment }) => may(own, permission, environment) && !may(limit, permission, environment));
      // A role in another environment gives nothing else, yet it is more than there was.
      if (isMore) expect(more).not.toEqual([]);
      expect(exceeding(boundBy(own, limit), limit)).toEqual([]);
    }),
  );
});

it("does not let who is less in one environment give more there by a word for everywhere", () => {
  const guarded: Grant[] = [{ environment: null, role: "operator" }, { environment: "prod", role: "viewer" }];
  expect(exceeding([{ environment: null, role: "operator" }], guarded)).toEqual(["prod"]);
  expect(exceeding(guarded, guarded)).toEqual([]);
});
