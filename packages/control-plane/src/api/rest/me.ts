import { z } from "zod";
import { permissionNames, permissions, type PermissionRule } from "../../access/permissions.ts";
import { personOf } from "../../access/principal.ts";
import { roles } from "../../access/roles.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { principalOf } from "../authenticate.ts";
import { mayDo, mayDoWhere } from "../operations/me.ts";
import { grantView } from "../views/grant.ts";
import type { Api } from "./app.ts";

const permissionName = z.enum(permissionNames);

const meView = z.object({
  kind: z.enum(["person", "token"]),
  id: z.string(),
  name: z.string(),
  person_id: z.string().nullable().describe("The person behind who asks; null for a token that is nobody's."),
  grants: z.array(grantView).describe("What who asks has."),
  permissions: z.array(permissionName).describe("What concerns the installation as a whole."),
  environments: z.array(z.object({ name: z.string(), permissions: z.array(permissionName) })).describe("What may be done in each environment."),
});

const permissionsView = z.object({
  roles: z.array(z.enum(roles)).describe("From the least to the most."),
  permissions: z.array(z.object({ name: permissionName, scope: z.enum(["environment", "installation"]), allows: z.string(), roles: z.array(z.enum(roles)) })),
});

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
