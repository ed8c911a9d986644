import { permissions, type Permission } from "../../packages/control-plane/src/access/permissions.ts";
import type { Grant } from "../../packages/control-plane/src/access/principal.ts";

/**
 * Who may do what, read from the table of permissions alone: on purpose not by the code that is tested. Without an environment:
 * whether there may be one in which it is allowed.
 */
export function expectAllowed(grants: readonly Grant[], permission: Permission, environment?: string): boolean {
  const { scope, roles }: { readonly scope: string; readonly roles: readonly string[] } = permissions[permission];
  const rolesIn = (place: string | null): readonly string[] => grants.filter((grant) => grant.environment === place).map(({ role }) => role);
  const everywhere = rolesIn(null);
  const named = environment === undefined ? [] : rolesIn(environment);
  const anywhere = grants.map(({ role }): string => role);
  // Whoever may do anything at all may look, and look after themselves.
  const isAboutAnything = permission === "read" || permission === "self.manage" || (scope === "environment" && environment === undefined);
  const counted = isAboutAnything ? anywhere : scope === "environment" && named.length > 0 ? named : everywhere;
  return counted.some((role) => roles.includes(role));
}
