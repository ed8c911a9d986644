import type { ModulesDelta } from "../../../composition/composition.ts";
import { modulesDelta } from "../../../composition/delta.ts";
import type { DeploymentStep } from "../../../database/deployment-tables.ts";
import { toPublicId } from "../../../database/identifiers.ts";
import { deploymentTransitions } from "../../../deployment/states.ts";
import type { Deployment } from "../../../deployment/store.ts";
import { builder } from "../builder.ts";
import type { Loaders } from "../loaders.ts";
import { pageType } from "../pages.ts";
import { buildRef, deploymentRef, environmentRef, releaseRef } from "../refs.ts";
import { deltaRef } from "./modules.ts";
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

const approvalRef = builder.objectRef<Deployment>("Approval").implement({
  description: "The word of a second person.",
  fields: (t) => ({
    askedBy: t.stringList({ description: "Who may not be that person.", resolve: ({ requesters }) => requesters.map(({ name }) => name) }),
    outcome: t.string({ nullable: true, description: "approved, rejected, withdrawn or expired; null while it waits.", resolve: ({ decision }) => decision?.outcome }),
    decidedBy: t.string({ nullable: true, resolve: ({ decision }) => decision?.by?.name }),
    decidedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ decision }) => decision?.at }),
    reason: t.string({ resolve: ({ decision }) => decision?.reason ?? "" }),
    branch: t.string({ nullable: true, description: "What became of the change in the host's branch when it was not approved.", resolve: ({ branch }) => branch }),
  }),
});

async function bringsOf({ status, releaseId, environment }: Deployment, loaders: Loaders): Promise<ModulesDelta | null> {
  if (status !== "waiting_approval") return null;
  const [release, active] = await Promise.all([loaders.release.load(releaseId), loaders.activeRelease.load(environment)]);
  return modulesDelta(active?.composition.modules ?? [], release?.composition.modules ?? []);
}

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
      approval: t.field({ type: approvalRef, nullable: true, description: "Null: it never had to be approved.", resolve: (deployment) => (deployment.status === "waiting_approval" || deployment.decision !== null ? deployment : null) }),
    brings: t.field({ type: deltaRef, nullable: true, description: "While it waits: what it changes against what the environment has now.", resolve: (deployment, _args, { loaders }) => bringsOf(deployment, loaders) }),
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
