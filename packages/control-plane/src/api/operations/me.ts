import { isAllowed } from "../../access/authorize.ts";
import { permissionNames, permissions, type Permission, type PermissionScope } from "../../access/permissions.ts";
import type { Principal } from "../../access/principal.ts";
import type { ControlPlane } from "../../control-plane.ts";

/** What somebody may do in one environment. */
export interface MayIn {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** What somebody may do as concerns the installation as a whole. */
export function mayDo(principal: Principal): readonly Permission[] {
  return allowed(principal, "installation");
}

/** What somebody may do in each environment. */
export async function mayDoWhere(plane: ControlPlane, principal: Principal): Promise<readonly MayIn[]> {
  const names = await environmentNames(plane, principal);
  return names.map((name) => ({ name, permissions: allowed(principal, "environment", name) }));
}

function allowed(principal: Principal, scope: PermissionScope, environment?: string): readonly Permission[] {
  return permissionNames.filter((permission) => permissions[permission].scope === scope && isAllowed(principal, permission, environment));
}

/** The host's environments and those that a grant names; where the host cannot be read, the latter only: who asks is known all the same. */
async function environmentNames({ environments, logger }: ControlPlane, { grants }: Principal): Promise<readonly string[]> {
  const granted = grants.flatMap(({ environment }) => environment ?? []);
  const known = await environments.list().catch((error: unknown) => {
    logger.warn({ err: error }, "the host's environments cannot be read");
    return [];
  });
  return [...new Set([...known.map(({ settings }) => settings.name), ...granted])];
}
