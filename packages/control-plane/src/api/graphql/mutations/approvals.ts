import { approveAs, rejectAs, withdrawAs } from "../../operations/approvals.ts";
import { reasonText } from "../../views/common.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import { once } from "./once.ts";
import { deploymentRequestedRef } from "./payload.ts";

const needed = reasonText.min(1);
const optional = reasonText.nullish().transform((reason) => reason ?? "");

/** Adds the fields to Mutation. */
export function approvalMutations(): void {
  builder.mutationFields((t) => ({
    approveDeployment: t.field({
      type: deploymentRequestedRef,
      description: "Approves a deployment that waits, as a second person.",
      args: { id: t.arg.id({ required: true }), reason: t.arg.string(), acceptStale: t.arg.boolean({ description: "Although the environment has changed since it was asked for." }), idempotencyKey: t.arg.string() },
      resolve: (_root, args, context) => {
        const wish = { id: args.id, reason: parseArguments(optional, args.reason), acceptStale: args.acceptStale ?? false };
        return once(context, "approveDeployment", args, (keep) => approveAs(context.plane, context.principal, wish, (trx, { id, releaseId }) => keep(trx, { deployment: id, release: releaseId })));
      },
    }),
    rejectDeployment: t.field({
      type: deploymentRequestedRef,
      description: "Rejects a deployment that waits.",
      args: { id: t.arg.id({ required: true }), reason: t.arg.string({ required: true, description: "Why; who asked reads it." }), idempotencyKey: t.arg.string() },
      resolve: (_root, args, context) => {
        const wish = { id: args.id, reason: parseArguments(needed, args.reason) };
        return once(context, "rejectDeployment", args, (keep) => rejectAs(context.plane, context.principal, wish, (trx, { id, releaseId }) => keep(trx, { deployment: id, release: releaseId })));
      },
    }),
    withdrawDeployment: t.field({
      type: deploymentRequestedRef,
      description: "Withdraws a deployment that one asked for oneself and that waits.",
      args: { id: t.arg.id({ required: true }), reason: t.arg.string(), idempotencyKey: t.arg.string() },
      resolve: (_root, args, context) => {
        const wish = { id: args.id, reason: parseArguments(optional, args.reason) };
        return once(context, "withdrawDeployment", args, (keep) => withdrawAs(context.plane, context.principal, wish, (trx, { id, releaseId }) => keep(trx, { deployment: id, release: releaseId })));
      },
    }),
  }));
}
