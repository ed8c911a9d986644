import { z } from "zod";
import type { AnsweredRequest } from "../../build/requests-store.ts";
import { restOf } from "../../build/rest.ts";
import type { Build } from "../../build/store.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { BuildStep } from "../../build/steps-store.ts";
import type { DeployOutcome } from "../../deployment/deploy-build.ts";
import type { BuildRequested } from "../operations/request-build.ts";
import { snakeCase } from "../snake-case.ts";
import { changeView, showChange } from "./change.ts";
import { dateView, deltaView, failureView, json } from "./common.ts";
import { deploymentStatus } from "./release.ts";

/** A build as the API shows it. */
export const buildView = z.object({
  id: z.string(),
  build_id: z.string(),
  status: z.enum(["queued", "running", "success", "failed", "cancelled"]),
  stage: z.enum(["pending", "checkout", "build", "test", "deploy", "complete"]),
  progress: z.number().int().describe("0 to 100"),
  profile: z.string(),
  manifest_ref: z.string(),
  manifest_hash: z.string(),
  build_key: z.string().nullable(),
  source_commit: z.string().nullable(),
  result_commit: z.string().nullable(),
  modules_delta: deltaView,
  requested_by: z.string(),
  reason: z.string(),
  deploy_to: z.string().nullable(),
  release_id: z.string().nullable(),
  artifact_digest: z.string().nullable(),
  artifact_bytes: z.number().nullable(),
  logs_url: z.string(),
  error: failureView.nullable(),
  attempt: z.number().int(),
  holder: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), status: z.string(), started_at: dateView, finished_at: dateView })).optional(),
  modules: z.array(z.object({ slug: z.string(), name: z.string(), version: z.string() }).catchall(json)).optional(),
  cancel_requested_by: z.string().nullable(),
  unfolded_from: z.string().nullable().describe("The build of several requests that failed and of which this one is a part."),
  verifies: z.string().nullable().describe("The build that this one makes again, to compare the artifacts: it publishes and lands nothing."),
  expected_seconds: z.number().nullable().optional().describe("How long the last builds took from their start to their end, as a median; null before there are any."),
  requests: z.array(z.object({ requested_by: z.string(), reason: z.string(), change: json, created_at: dateView })).optional().describe("Everything that was asked for and that this build answers; the first made it, the others were folded into it."),
  next: z
    .object({
      again: changeView.describe("The same change once more. Where it would fail the same way again, only `force` builds it."),
      rest: z.object({ without: z.array(z.string()), change: changeView }).nullable().describe("The change without the modules that the problems name and those that need them; null where nobody is to blame or nothing is left."),
    })
    .nullable()
    .optional()
    .describe("What can be asked for after a build that failed or was cancelled; null for others, and for a build of several requests that failed: each of them is built by itself then."),
  started_at: dateView,
  finished_at: dateView,
  created_at: z.string(),
  updated_at: z.string(),
}).meta({ id: "Build" });

/** A page of builds. */
export const buildsView = z.object({ builds: z.array(buildView), next_cursor: z.string().nullable() });

/** The answer to a request for a build. */
export const buildRequestedView = z.object({
  build_id: z.string(),
  status: z.enum(["queued", "running", "success", "failed", "cancelled"]),
  /** `queued`: a build of its own. `folded`: a part of one that waited. `joined`, `done`, `failed`: the build with the same inputs. */
  outcome: z.enum(["queued", "folded", "joined", "done", "failed"]),
  deployment_id: z.string().optional(),
  deployment_status: deploymentStatus.optional().describe("`waiting_approval`: a second person has to approve it before it runs."),
  release_id: z.string().optional(),
  error: failureView.nullable().optional(),
}).meta({ id: "BuildRequested" });

export type BuildRequestedView = z.output<typeof buildRequestedView>;

/** What a request came to. */
export function showOutcome({ build, kind, deployed }: BuildRequested): BuildRequestedView {
  const error = build.error === null ? null : failureView.parse(build.error);
  return { build_id: toPublicId("bld", build.id), status: build.status, outcome: kind, ...(kind === "failed" && { error }), ...(deployed !== undefined && showDeployed(deployed)) };
}

function showDeployed({ release, deployment }: DeployOutcome): Pick<BuildRequestedView, "release_id" | "deployment_id" | "deployment_status"> {
  return { release_id: release.id, ...(deployment !== undefined && { deployment_id: toPublicId("dpl", deployment.id), deployment_status: deployment.status }) };
}

export type BuildView = z.output<typeof buildView>;

/** `base` is the address under which the client reached the API. */
export function showBuild(build: Build, base: string, steps?: readonly BuildStep[], requests?: readonly AnsweredRequest[]): BuildView {
  const id = toPublicId("bld", build.id);
  const { change: _, landedKey: _1, leaseToken: _2, leaseHolder, leaseExpiresAt: _3, composition, planHash: _4, force: _5, cancelRequestedAt: _6, leaseTakenAt: _7, alone: _8, unfoldedFrom, verifies, ...shown } = build;
  return buildView.parse({
    ...(snakeCase(shown) as object),
    id,
    build_id: id,
    logs_url: `${base}/admin/builds/${id}/logs`,
    holder: build.status === "running" ? leaseHolder : null,
    verifies: verifies === null ? null : toPublicId("bld", verifies),
    unfolded_from: unfoldedFrom === null ? null : toPublicId("bld", unfoldedFrom),
    ...(requests !== undefined && { requests: requests.map(({ tokenName: _9, requester: _10, ...request }) => snakeCase(request)), next: nextOf(build, requests.length) }),
    ...(steps !== undefined && { steps: steps.map((step) => snakeCase(step)), modules: (composition?.modules ?? []).map((module) => snakeCase(module)) }),
  });
}

/** What can be asked for after a build of so many requests. */
export function nextOf(build: Build, requests: number): NonNullable<BuildView["next"]> | null {
  const isUnfolded = build.status === "failed" && requests > 1;
  if ((build.status !== "failed" && build.status !== "cancelled") || build.verifies !== null || isUnfolded) return null;
  const rest = restOf(build);
  return { again: showChange(build.change), rest: rest === undefined ? null : { without: [...rest.without], change: showChange(rest.change) } };
}
