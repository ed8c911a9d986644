import type { Lease } from "../../../deployment/leases.ts";
import { builder } from "../builder.ts";

const leaseKind = builder.enumType("LeaseKind", { values: ["build", "deployment"] as const });

export const leaseRef = builder.objectRef<Lease>("Lease").implement({
  description: "Who holds what now: a build with its branch, or a deployment with its environment.",
  fields: (t) => ({
    subjectId: t.exposeID("subjectId", { description: "The build or deployment that is held." }),
    kind: t.field({ type: leaseKind, resolve: ({ kind }) => kind }),
    resource: t.exposeString("resource"),
    holder: t.string({ nullable: true, description: "Null: nobody; the next worker takes it.", resolve: ({ holder }) => holder }),
    step: t.string({ nullable: true, resolve: ({ step }) => step }),
    attempt: t.exposeInt("attempt"),
    takenAt: t.field({ type: "DateTime", nullable: true, resolve: ({ takenAt }) => takenAt }),
    expiresAt: t.field({ type: "DateTime", nullable: true, resolve: ({ expiresAt }) => expiresAt }),
    ageSeconds: t.exposeFloat("ageSeconds"),
    expired: t.exposeBoolean("expired", { description: "No heartbeat came in time: the next worker takes it." }),
  }),
});
