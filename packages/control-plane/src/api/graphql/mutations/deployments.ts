import type { DeployOutcome } from "../../../deployment/deploy-build.ts";
import { deployAs, rollBackAs } from "../../operations/deployments.ts";
import { reasonText } from "../../views/common.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import { environmentOfArguments } from "../field-rules.ts";
import { once, type Done } from "./once.ts";
import { deploymentRequestedRef } from "./payload.ts";

/** Adds the fields to Mutation. */
export function deploymentMutations(): void {
  builder.mutationFields((t) => ({
    deploy: t.field({
      type: deploymentRequestedRef,
      description: "Releases a build in an environment.",
      args: { buildId: t.arg.id({ required: true }), environment: t.arg.string({ required: true }), reason: t.arg.string(), idempotencyKey: t.arg.string() },
      resolve: (_root, args, context) => {
        const wish = { build: args.buildId, environment: args.environment, reason: parseArguments(reasonText, args.reason ?? "") };
        return once(context, "deploy", args, (keep) => deployAs(context.plane, context.principal, wish, (trx, outcome) => keep(trx, told(outcome))));
      },
    }),
    rollback: t.field({
      type: deploymentRequestedRef,
      description: "Goes back to the predecessor, or to the release that is named. The environment may be left out where the release or the build says which.",
      args: { environment: t.arg.string(), buildId: t.arg.id(), targetRelease: t.arg.id(), reason: t.arg.string(), idempotencyKey: t.arg.string() },
      resolve: async (_root, args, context) => {
        const environment = await environmentOfArguments(context.plane, args);
        const wish = { environment, targetRelease: args.targetRelease ?? undefined, reason: parseArguments(reasonText, args.reason ?? "") };
        return once(context, "rollback", args, (keep) => rollBackAs(context.plane, context.principal, wish, (trx, outcome) => keep(trx, told(outcome))));
      },
    }),
  }));
}

function told({ release, deployment }: DeployOutcome): Done {
  return { release: release.id, deployment: deployment?.id };
}
