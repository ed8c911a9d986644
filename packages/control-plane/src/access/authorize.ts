import { fail } from "../errors/problem.ts";
import { permissions, type Permission } from "./permissions.ts";
import type { Grant, Principal } from "./principal.ts";
import type { Role } from "./roles.ts";

/**
 * Whether a principal may do something. Of a permission for environments, `environment` says which; without it: whether
 * there may be one in which it may. The grant that names the environment goes before the one for everywhere.
 */
export function isAllowed(principal: Principal, permission: Permission, environment?: string): boolean {
  const { scope, roles }: { readonly scope: string; readonly roles: readonly Role[] } = permissions[permission];
  const has = ({ role }: Grant): boolean => roles.includes(role);
  const { grants } = principal;
  // Whoever may do anything anywhere may look: an operator of staging alone sees the whole picture.
  if (permission === "read" || permission === "self.manage") return grants.some(has);
  if (scope === "environment" && environment === undefined) return grants.some(has);
  const own = scope === "environment" ? grants.filter((grant) => grant.environment === environment) : [];
  return (own.length > 0 ? own : grants.filter((grant) => grant.environment === null)).some(has);
}

/** Refuses by the catalogue's `forbidden` what a principal may not do. */
export function authorize(principal: Principal, permission: Permission, environment?: string): void {
  if (isAllowed(principal, permission, environment)) return;
  const where = environment === undefined ? "" : ` in ${environment}`;
  fail("forbidden", `${principal.name} may not do this${where}: it takes the permission ${permission}`, { details: { permission, ...(environment !== undefined && { environment }) } });
}
