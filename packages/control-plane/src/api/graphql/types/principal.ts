import type { Grant, Principal } from "../../../access/principal.ts";
import { roles } from "../../../access/roles.ts";
import { toPublicId } from "../../../database/identifiers.ts";
import { mayDo, mayDoWhere, type MayIn } from "../../operations/me.ts";
import { builder } from "../builder.ts";

const role = builder.enumType("Role", { values: roles });
const principalKind = builder.enumType("PrincipalKind", { values: ["person", "token"] as const });

const grantRef = builder.objectRef<Grant>("Grant").implement({
  description: "A role, everywhere or in one environment only.",
  fields: (t) => ({
    environment: t.exposeString("environment", { nullable: true, description: "Null: everywhere that no other grant names." }),
    role: t.field({ type: role, resolve: (grant) => grant.role }),
  }),
});

const mayInRef = builder.objectRef<MayIn>("EnvironmentPermissions").implement({
  description: "What may be done in one environment.",
  fields: (t) => ({
    name: t.exposeString("name"),
    permissions: t.stringList({ resolve: ({ permissions }) => permissions }),
  }),
});

export const principalRef = builder.objectRef<Principal>("Principal").implement({
  description: "Who asks: a person who is signed in, or a token.",
  fields: (t) => ({
    id: t.id({ resolve: ({ kind, id }) => toPublicId(kind === "person" ? "per" : "tok", id) }),
    kind: t.field({ type: principalKind, resolve: ({ kind }) => kind }),
    name: t.exposeString("name", { description: "As the journal tells it." }),
    grants: t.field({ type: [grantRef], resolve: ({ grants }) => grants }),
    permissions: t.stringList({ description: "What concerns the installation as a whole.", resolve: (principal) => mayDo(principal) }),
    environments: t.field({ type: [mayInRef], description: "What may be done where.", resolve: (principal, _args, { plane }) => mayDoWhere(plane, principal) }),
  }),
});
