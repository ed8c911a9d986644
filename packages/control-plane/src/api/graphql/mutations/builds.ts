import { z } from "zod";
import type { Change } from "../../../composition/plan.ts";
import { cancel } from "../../operations/builds.ts";
import { requestBuildAs, type BuildRequested } from "../../operations/request-build.ts";
import { personText, reasonText } from "../../views/common.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import { changeInput, readChange, withoutNulls } from "../change.ts";
import type { GraphqlContext } from "../context.ts";
import { once, type Done, type GivenOnce } from "./once.ts";
import { buildCancelledRef, buildRequestedRef } from "./payload.ts";

/** Arguments of everything that asks for a build. */
const wishArguments = builder.args((t) => ({
  manifestRef: t.string({ description: "The branch; the default one where absent." }),
  reason: t.string({ description: "For the commit and the journal." }),
  deployTo: t.string({ description: "The environment that it goes to when it succeeds." }),
  planHash: t.string({ description: "The plan that was confirmed; another plan by now is refused." }),
  idempotencyKey: t.string({ description: "Sent again with the same key and arguments, the mutation is carried out once." }),
}));

const wishSchema = z.object({
  manifestRef: z.string().min(1).max(200).optional(),
  reason: reasonText.default(""),
  deployTo: z.string().min(1).max(100).optional(),
  planHash: z.string().max(100).optional(),
  requestedBy: personText.optional(),
  force: z.boolean().default(false),
});

/** Adds the fields to Mutation. */
export function buildMutations(): void {
  builder.mutationFields((t) => ({
    requestBuild: t.field({
      type: buildRequestedRef,
      description: "Asks for a build.",
      args: {
        change: t.arg({ type: changeInput }),
        ...wishArguments,
        requestedBy: t.arg.string({ description: "Who wants it, when that is not who asks." }),
        force: t.arg.boolean({ description: "Builds even though the same build exists, without anything cached." }),
      },
      resolve: (_root, args, context) => request(context, "requestBuild", args, readChange(args.change ?? {})),
    }),
    installModule: t.field({
      type: buildRequestedRef,
      description: "Asks for a build with the module and what it needs.",
      args: { slug: t.arg.string({ required: true }), version: t.arg.string(), spec: t.arg({ type: "JSON", description: "As in modules.toml; the catalog's where absent." }), ...wishArguments },
      resolve: (_root, args, context) => request(context, "installModule", args, readChange({ install: [{ slug: args.slug, version: args.version, spec: args.spec }] })),
    }),
    uninstallModule: t.field({
      type: buildRequestedRef,
      description: "Asks for a build without the module.",
      args: { slug: t.arg.string({ required: true }), cascade: t.arg.boolean({ description: "Take along what depends on it." }), ...wishArguments },
      resolve: (_root, args, context) => request(context, "uninstallModule", args, readChange({ uninstall: [args.slug], cascade: args.cascade })),
    }),
    upgradeModule: t.field({
      type: buildRequestedRef,
      description: "Asks for a build with another version of the module.",
      args: { slug: t.arg.string({ required: true }), version: t.arg.string(), rev: t.arg.string({ description: "For git sources." }), ...wishArguments },
      resolve: (_root, args, context) => request(context, "upgradeModule", args, readChange({ upgrade: [{ slug: args.slug, version: args.version, rev: args.rev }] })),
    }),
    cancelBuild: t.field({
      type: buildCancelledRef,
      description: "Cancels a build: at once while it waits, else by its worker.",
      args: { id: t.arg.id({ required: true }), reason: t.arg.string(), idempotencyKey: t.arg.string() },
      resolve: (_root, args, context) => {
        const wish = { id: args.id, reason: parseArguments(reasonText, args.reason ?? "") };
        return once(context, "cancelBuild", args, (keep) => cancel(context.plane, context.principal, wish, (trx, { id }) => keep(trx, { build: id })));
      },
    }),
  }));
}

function request(context: GraphqlContext, mutation: string, args: GivenOnce, change: Change): Promise<Done> {
  const { manifestRef: branch, ...wish } = parseArguments(wishSchema, withoutNulls(args));
  return once(context, mutation, args, (keep) => requestBuildAs(context.plane, context.principal, { ...wish, branch, change }, (trx, outcome) => keep(trx, told(outcome))));
}

function told({ build, kind, deployed }: BuildRequested): Done {
  return { build: build.id, outcome: kind, release: deployed?.release.id, deployment: deployed?.deployment?.id };
}
