import { z } from "zod";
import { toPublicId } from "../../database/identifiers.ts";
import type { DeployOutcome } from "../../deployment/deploy-build.ts";
import type { RollbackEligibility } from "../../deployment/rollback.ts";
import type { Deployment } from "../../deployment/store.ts";
import type { Release } from "../../release/store.ts";
import type { JudgedDeployment } from "../operations/approvals.ts";
import { snakeCase } from "../snake-case.ts";
import { dateView, deltaView, failureView, json, problemView } from "./common.ts";

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
}).meta({ id: "Release" });

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

/** Every status of a deployment. */
export const deploymentStatus = z.enum(["waiting_approval", "queued", "running", "success", "failed", "cancelled"]);

/** What became of a deployment of a protected environment. */
const approvalView = z.object({
  asked_by: z.array(z.string()).describe("None of them may approve it."),
  outcome: z.enum(["approved", "rejected", "withdrawn", "expired"]).nullable().describe("null: it still waits."),
  decided_by: z.string().nullable(),
  decided_at: dateView,
  reason: z.string(),
  branch: z.enum(["pending", "taken_back", "kept"]).nullable().describe("What became of the change in the host's branch when it was not approved; null: nothing had landed for it."),
});

/** A deployment as the API shows it. */
export const deploymentView = z.object({
  id: z.string(),
  deployment_id: z.string(),
  status: deploymentStatus.describe("`waiting_approval`: a second person has to approve it."),
  kind: z.enum(["deploy", "rollback", "auto_rollback"]),
  environment: z.string(),
  release_id: z.string(),
  build_id: z.string(),
  from_release_id: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), status: z.string(), started_at: z.string(), finished_at: z.string().optional() })),
  requested_by: z.string(),
  reason: z.string(),
  error: failureView.nullable(),
  approval: approvalView.nullable().describe("null: it never had to be approved."),
  started_at: dateView,
  finished_at: dateView,
  created_at: z.string(),
  updated_at: z.string(),
}).meta({ id: "Deployment" });

/** One deployment, with what has to be known to approve it. */
export const deploymentDetailView = deploymentView.extend({
  brings: deltaView.nullable().describe("While it waits: what it changes against what the environment has now."),
  stale: z.string().nullable().describe("While it waits: why it no longer does what was meant when it was asked for."),
}).meta({ id: "DeploymentDetails" });

/** A page of deployments. */
export const deploymentsView = z.object({ deployments: z.array(deploymentView), next_cursor: z.string().nullable() });

/** The answer to a request for a deployment or a rollback. */
export const deploymentRequestedView = z.object({ deployment_id: z.string(), release_id: z.string(), status: deploymentStatus, environment: z.string() }).meta({ id: "DeploymentRequested" });

export type DeploymentRequestedView = z.output<typeof deploymentRequestedView>;

export function showRequested({ release, deployment }: DeployOutcome): DeploymentRequestedView {
  return { deployment_id: deployment === undefined ? "" : toPublicId("dpl", deployment.id), release_id: release.id, status: deployment?.status ?? "success", environment: release.environment };
}

export type DeploymentView = z.output<typeof deploymentView>;

export function showDeployment(deployment: Deployment): DeploymentView {
  const id = toPublicId("dpl", deployment.id);
  const { leaseHolder: _, leaseToken: _1, leaseExpiresAt: _2, ...shown } = deployment;
  return deploymentView.parse({ ...(snakeCase(shown) as object), id, deployment_id: id, build_id: toPublicId("bld", deployment.buildId), approval: showApproval(deployment) });
}

function showApproval({ status, decision, requesters, branch }: Deployment): z.output<typeof approvalView> | null {
  if (status !== "waiting_approval" && decision === null) return null;
  const asked = requesters.map(({ name }) => name);
  return { asked_by: asked, outcome: decision?.outcome ?? null, decided_by: decision?.by?.name ?? null, decided_at: decision?.at ?? null, reason: decision?.reason ?? "", branch };
}

export function showDeploymentDetail({ deployment, brings, stale }: JudgedDeployment): z.output<typeof deploymentDetailView> {
  return { ...showDeployment(deployment), brings: brings === undefined ? null : deltaView.parse(brings), stale: stale ?? null };
}
