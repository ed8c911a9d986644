import { builder } from "../builder.ts";
import { buildRef, deploymentRef, releaseRef } from "../refs.ts";
import type { Done } from "./once.ts";

const outcome = builder.enumType("RequestOutcome", {
  description: "`queued`: a build of its own. `folded`: a part of one that waited. `joined`, `done`, `failed`: the build with the same inputs.",
  values: ["queued", "folded", "joined", "done", "failed"] as const,
});

export const buildRequestedRef = builder.objectRef<Done>("BuildRequested").implement({
  description: "What a request for a build came to.",
  fields: (t) => ({
    outcome: t.field({ type: outcome, nullable: true, resolve: (done) => done.outcome }),
    build: t.field({ type: buildRef, nullable: true, resolve: ({ build }, _args, { loaders }) => (build === undefined ? null : loaders.build.load(build)) }),
    release: t.field({ type: releaseRef, nullable: true, description: "Where the build was there already: its release in the environment that was wanted.", resolve: ({ release }, _args, { loaders }) => (release === undefined ? null : loaders.release.load(release)) }),
    deployment: t.field({ type: deploymentRef, nullable: true, description: "What brings that release; null when it is active already.", resolve: ({ deployment }, _args, { loaders }) => (deployment === undefined ? null : loaders.deployment.load(deployment)) }),
  }),
});

export const buildCancelledRef = builder.objectRef<Done>("CancelRequested").implement({
  description: "A build that is cancelled: at once while it waits, else by its worker.",
  fields: (t) => ({ build: t.field({ type: buildRef, nullable: true, resolve: ({ build }, _args, { loaders }) => (build === undefined ? null : loaders.build.load(build)) }) }),
});

export const deploymentRequestedRef = builder.objectRef<Done>("DeploymentRequested").implement({
  description: "A deployment or a rollback that was asked for.",
  fields: (t) => ({
    deployment: t.field({ type: deploymentRef, nullable: true, resolve: ({ deployment }, _args, { loaders }) => (deployment === undefined ? null : loaders.deployment.load(deployment)) }),
    release: t.field({ type: releaseRef, nullable: true, resolve: ({ release }, _args, { loaders }) => (release === undefined ? null : loaders.release.load(release)) }),
  }),
});
