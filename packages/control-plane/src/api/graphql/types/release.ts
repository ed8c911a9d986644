import type { RollbackEligibility } from "../../../deployment/rollback.ts";
import { releaseTransitions } from "../../../release/states.ts";
import { builder } from "../builder.ts";
import { pageType } from "../pages.ts";
import { buildRef, environmentRef, releaseRef } from "../refs.ts";
import { composedModuleRef } from "./modules.ts";
import { namesOf } from "./names.ts";
import { problemRef } from "./problem.ts";

const releaseStatus = builder.enumType("ReleaseStatus", { values: namesOf(releaseTransitions) });

const rollbackRef = builder.objectRef<RollbackEligibility>("RollbackEligibility").implement({
  description: "Whether the environment may go back to a release, and if not, every reason.",
  fields: (t) => ({
    allowed: t.exposeBoolean("allowed"),
    reasons: t.field({ type: [problemRef], resolve: ({ reasons }) => reasons }),
  }),
});

/** Fields of a release. */
export function describeReleases(): void {
  releaseRef.implement({
    description: "An artifact made deployable in one environment.",
    fields: (t) => ({
      id: t.exposeID("id"),
      status: t.field({ type: releaseStatus, resolve: ({ status }) => status }),
      environmentName: t.exposeString("environment"),
      environment: t.field({ type: environmentRef, nullable: true, description: "Null when the host no longer has it.", resolve: ({ environment }, _args, { loaders }) => loaders.environment.load(environment) }),
      build: t.field({ type: buildRef, nullable: true, resolve: ({ buildId }, _args, { loaders }) => loaders.build.load(buildId) }),
      containerImage: t.exposeString("containerImage", { nullable: true }),
      artifactDigest: t.exposeString("artifactDigest"),
      manifestHash: t.exposeString("manifestHash"),
      sourceCommit: t.exposeString("sourceCommit"),
      modules: t.field({ type: [composedModuleRef], resolve: ({ composition }) => composition.modules }),
      previousRelease: t.field({
        type: releaseRef,
        nullable: true,
        resolve: ({ previousReleaseId }, _args, { loaders }) => (previousReleaseId === null ? null : loaders.release.load(previousReleaseId)),
      }),
      // The artifact store is asked for each.
      rollback: t.field({ type: rollbackRef, complexity: 5, resolve: (release, _args, { loaders }) => loaders.rollback.load(release) }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      deployedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ deployedAt }) => deployedAt }),
      rolledBackAt: t.field({ type: "DateTime", nullable: true, resolve: ({ rolledBackAt }) => rolledBackAt }),
      updatedAt: t.field({ type: "DateTime", resolve: ({ updatedAt }) => updatedAt }),
    }),
  });
}

export const releasePage = pageType("ReleasePage", releaseRef);
