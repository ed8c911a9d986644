import { isAllowed } from "../../../access/authorize.ts";
import { permissions, type Permission } from "../../../access/permissions.ts";
import type { Grant, Principal } from "../../../access/principal.ts";
import { roles } from "../../../access/roles.ts";
import { builder } from "../builder.ts";

const role = builder.enumType("Role", { values: roles });

const grantRef = builder.objectRef<Grant>("Grant").implement({
  description: "A role, everywhere or in one environment only.",
  fields: (t) => ({
    environment: t.exposeString("environment", { nullable: true, description: "Null: everywhere that no other grant names." }),
    role: t.field({ type: role, resolve: (grant) => grant.role }),
  }),
});

export const principalRef = builder.objectRef<Principal>("Principal").implement({
  description: "Who asks: a person who is signed in, or a token.",
  fields: (t) => ({
    kind: t.string({ description: "person or token.", resolve: ({ kind }) => kind }),
    name: t.exposeString("name", { description: "As the journal tells it." }),
    grants: t.field({ type: [grantRef], resolve: ({ grants }) => grants }),
    permissions: t.stringList({
      description: "What it may do, in one environment at least.",
      resolve: (principal) => (Object.keys(permissions) as Permission[]).filter((permission) => isAllowed(principal, permission)),
    }),
  }),
});
