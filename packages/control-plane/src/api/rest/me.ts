import { findPerson } from "../../access/people/store.ts";
import { permissions, type PermissionRule } from "../../access/permissions.ts";
import { personOf } from "../../access/principal.ts";
import { roles } from "../../access/roles.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { principalOf } from "../authenticate.ts";
import { mayDo, mayDoWhere } from "../operations/me.ts";
import { meView, permissionName, permissionsView } from "../views/me.ts";
import type { Api } from "./app.ts";

/** Who asks, and what they may do: what a page needs to offer nothing that is refused. */
export function meRoutes(api: Api, plane: ControlPlane): void {
  api.get("/me", { config: { permission: "self.manage" }, schema: { operationId: "getMe", tags: ["people"], summary: "Who asks, and what they may do where", response: { 200: meView } } }, async (request) => {
    const principal = principalOf(request);
    const { kind, id, name, grants } = principal;
    const person = personOf(principal);
    return {
      kind,
      id: toPublicId(kind === "person" ? "per" : "tok", id),
      name,
      person_id: person === undefined ? null : toPublicId("per", person),
      person_name: person === undefined ? null : ((await findPerson(plane.handle.db, person))?.name ?? null),
      grants: [...grants],
      permissions: [...mayDo(principal)],
      environments: (await mayDoWhere(plane, principal)).map((where) => ({ ...where, permissions: [...where.permissions] })),
    };
  });

  api.get("/permissions", { config: { permission: "self.manage" }, schema: { operationId: "listPermissions", tags: ["people"], summary: "Which role may do what", response: { 200: permissionsView } } }, () => ({
    roles: [...roles],
    permissions: Object.entries<PermissionRule>(permissions).map(([name, { scope, allows, roles: allowed }]) => ({ name: permissionName.parse(name), scope, allows, roles: [...allowed] })),
  }));
}
