import { z } from "zod";
import { toPublicId } from "../../database/identifiers.ts";
import type { DeployOutcome } from "../../deployment/deploy-build.ts";
import type { RollbackEligibility } from "../../deployment/rollback.ts";
import type { Deployment } from "../../deployment/store.ts";
import type { Release } from "../../release/store.ts";
import { snakeCase } from "../snake-case.ts";
import { dateView, failureView, json, problemView } from "./common.ts";

const moduleView = z.object({ slug: z.string(), name: z.string(), version: z.string() }).catchall(json);

/** A release as the API shows it. */
export const releaseView = z.object({
  id: z.string(),
  release_id: z.string(),
  status: z.enum(["pending", "deploying", "active", "superseded", "rolled_back", "failed"]),
  build_id: z.string(),
  environment: z.string(),
  container_image: z.string().nullable(),
  artifact_digest: z.string(),
  manifest_hash: z.string(),
  source_commit: z.string(),
  modules: z.array(moduleView),
  previous_release_id: z.string().nullable(),
  created_at: z.string(),
  deployed_at: dateView,
  rolled_back_at: dateView,
  updated_at: z.string(),
  rollback: z.object({ allowed: z.boolean(), reasons: z.array(problemView) }).optional(),
});

/** A page of releases. */
export const releasesView = z.object({ releases: z.array(releaseView), next_cursor: z.string().nullable() });

export type ReleaseView = z.output<typeof releaseView>;

export function showRelease(release: Release, rollback?: RollbackEligibility): ReleaseView {
  const { composition, surfaces: _, ...shown } = release;
  return releaseView.parse({
    ...(snakeCase(shown) as object),
    release_id: release.id,
    build_id: toPublicId("bld", release.buildId),
    modules: composition.modules.map((module) => snakeCase(module)),
    ...(rollback !== undefined && { rollback: { allowed: rollback.allowed, reasons: rollback.reasons.map((reason) => snakeCase(reason)) } }),
  });
}

/** A deployment as the API shows it. */
export const deploymentView = z.object({
  id: z.string(),
  deployment_id: z.string(),
  status: z.enum(["queued", "running", "success", "failed", "cancelled"]),
  kind: z.enum(["deploy", "rollback", "auto_rollback"]),
  environment: z.string(),
  release_id: z.string(),
  build_id: z.string(),
  from_release_id: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), status: z.string(), started_at: z.string(), finished_at: z.string().optional() })),
  requested_by: z.string(),
  reason: z.string(),
  error: failureView.nullable(),
  started_at: dateView,
  finished_at: dateView,
  created_at: z.string(),
  updated_at: z.string(),
});

/** A page of deployments. */
export const deploymentsView = z.object({ deployments: z.array(deploymentView), next_cursor: z.string().nullable() });

/** The answer to a request for a deployment or a rollback. */
export const deploymentRequestedView = z.object({ deployment_id: z.string(), release_id: z.string(), status: z.string(), environment: z.string() });

export type DeploymentRequestedView = z.output<typeof deploymentRequestedView>;

export function showRequested({ release, deployment }: DeployOutcome): DeploymentRequestedView {
  return { deployment_id: deployment === undefined ? "" : toPublicId("dpl", deployment.id), release_id: release.id, status: "queued", environment: release.environment };
}

export type DeploymentView = z.output<typeof deploymentView>;

export function showDeployment(deployment: Deployment): DeploymentView {
  const id = toPublicId("dpl", deployment.id);
  const { leaseHolder: _, leaseToken: _1, leaseExpiresAt: _2, ...shown } = deployment;
  return deploymentView.parse({ ...(snakeCase(shown) as object), id, deployment_id: id, build_id: toPublicId("bld", deployment.buildId) });
}
