import type { DeploymentStep } from "../../../database/deployment-tables.ts";
import { toPublicId } from "../../../database/identifiers.ts";
import { deploymentTransitions } from "../../../deployment/states.ts";
import { builder } from "../builder.ts";
import { pageType } from "../pages.ts";
import { buildRef, deploymentRef, environmentRef, releaseRef } from "../refs.ts";
import { namesOf } from "./names.ts";
import { failureRef } from "./problem.ts";

const deploymentStatus = builder.enumType("DeploymentStatus", { values: namesOf(deploymentTransitions) });
const deploymentKind = builder.enumType("DeploymentKind", { values: ["deploy", "rollback", "auto_rollback"] as const });

const stepRef = builder.objectRef<DeploymentStep>("DeploymentStep").implement({
  fields: (t) => ({
    name: t.exposeString("name"),
    status: t.exposeString("status"),
    startedAt: t.field({ type: "DateTime", resolve: ({ startedAt }) => startedAt }),
    finishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ finishedAt }) => finishedAt }),
  }),
});

/** Fields of a deployment. */
export function describeDeployments(): void {
  deploymentRef.implement({
    description: "One switch of an environment from one release to another.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => toPublicId("dpl", id) }),
      status: t.field({ type: deploymentStatus, resolve: ({ status }) => status }),
      kind: t.field({ type: deploymentKind, resolve: ({ kind }) => kind }),
      environmentName: t.exposeString("environment"),
      environment: t.field({ type: environmentRef, nullable: true, description: "Null when the host no longer has it.", resolve: ({ environment }, _args, { loaders }) => loaders.environment.load(environment) }),
      release: t.field({ type: releaseRef, nullable: true, resolve: ({ releaseId }, _args, { loaders }) => loaders.release.load(releaseId) }),
      build: t.field({ type: buildRef, nullable: true, resolve: ({ buildId }, _args, { loaders }) => loaders.build.load(buildId) }),
      fromRelease: t.field({
        type: releaseRef,
        nullable: true,
        resolve: ({ fromReleaseId }, _args, { loaders }) => (fromReleaseId === null ? null : loaders.release.load(fromReleaseId)),
      }),
      steps: t.field({ type: [stepRef], resolve: ({ steps }) => steps }),
      requestedBy: t.exposeString("requestedBy"),
      reason: t.exposeString("reason"),
      error: t.field({ type: failureRef, nullable: true, resolve: ({ error }) => error }),
      startedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ startedAt }) => startedAt }),
      finishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ finishedAt }) => finishedAt }),
      createdAt: t.field({ type: "DateTime", resolve: ({ createdAt }) => createdAt }),
      updatedAt: t.field({ type: "DateTime", resolve: ({ updatedAt }) => updatedAt }),
    }),
  });
}

export const deploymentPage = pageType("DeploymentPage", deploymentRef);
