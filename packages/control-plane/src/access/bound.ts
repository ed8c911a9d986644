import { fail } from "../errors/problem.ts";
import type { Grant, Principal } from "./principal.ts";
import { isAtLeast, lesserOf, type Role } from "./roles.ts";

/** The role in an environment; null asks for all that no grant names. Undefined: none. */
function roleIn(grants: readonly Grant[], environment: string | null): Role | undefined {
  return (grants.find((grant) => grant.environment === environment) ?? grants.find((grant) => grant.environment === null))?.role;
}

/** What is left of grants where nobody may have more than others allow: in every environment the lesser of the two roles. */
export function boundBy(grants: readonly Grant[], limit: readonly Grant[]): readonly Grant[] {
  return placesOf(grants, limit).flatMap((environment) => {
    const [role, most] = [roleIn(grants, environment), roleIn(limit, environment)];
    return role === undefined || most === undefined ? [] : [{ environment, role: lesserOf(role, most) }];
  });
}

/** The places in which grants would give more than others allow. Null is everywhere else. */
export function exceeding(grants: readonly Grant[], limit: readonly Grant[]): readonly (string | null)[] {
  return placesOf(grants, limit).filter((environment) => {
    const [role, most] = [roleIn(grants, environment), roleIn(limit, environment)];
    return role !== undefined && (most === undefined || !isAtLeast(most, role));
  });
}

/** In which order grants are told: everywhere first, then by name. */
function placesOf(...all: readonly (readonly Grant[])[]): readonly (string | null)[] {
  const named = all.flat().flatMap(({ environment }) => (environment === null ? [] : [environment]));
  return [null, ...[...new Set(named)].toSorted()];
}

/** `operator, administrator in staging`. */
export function tellGrants(grants: readonly Grant[]): string {
  return grants.map(({ environment, role }) => (environment === null ? role : `${role} in ${environment}`)).join(", ") || "nothing";
}

/** Refuses by token_exceeds_maker grants that would give a token more than who gives them has. */
export function assertWithin(grants: readonly Grant[], giver: Pick<Principal, "name" | "grants">): void {
  const more = exceeding(grants, giver.grants);
  if (more.length === 0) return;
  const where = more.map((environment) => (environment === null ? "everywhere" : `in ${environment}`)).join(" and ");
  fail("token_exceeds_maker", `${giver.name} has ${tellGrants(giver.grants)}: the token would have more than that ${where}`, { path: "grants" });
}
