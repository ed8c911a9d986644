import { z } from "zod";
import { permissionNames } from "../../access/permissions.ts";
import { roles } from "../../access/roles.ts";
import { grantView } from "./grant.ts";

export const permissionName = z.enum(permissionNames);

/** Who asks, and what they may do. */
export const meView = z.object({
  kind: z.enum(["person", "token"]),
  id: z.string(),
  name: z.string().describe("As the journal tells it: a person's e-mail address, a token's name."),
  person_id: z.string().nullable().describe("The person behind who asks; null for a token that is nobody's."),
  person_name: z.string().nullable().describe("What that person is called."),
  grants: z.array(grantView).describe("What who asks has."),
  permissions: z.array(permissionName).describe("What concerns the installation as a whole."),
  environments: z.array(z.object({ name: z.string(), permissions: z.array(permissionName) })).describe("What may be done in each environment."),
}).meta({ id: "Me" });

/** Which role may do what. */
export const permissionsView = z.object({
  roles: z.array(z.enum(roles)).describe("From the least to the most."),
  permissions: z.array(z.object({ name: permissionName, scope: z.enum(["environment", "installation"]), allows: z.string(), roles: z.array(z.enum(roles)) })),
});
