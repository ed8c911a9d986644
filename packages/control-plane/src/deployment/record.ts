import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { DeploymentStep } from "../database/deployment-tables.ts";
import type { StoredFailure } from "../database/stored.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { askerOf, namedBy } from "../journal/asker.ts";
import { appendJournal, type JournalAction } from "../journal/journal.ts";
import { findActiveRelease, findRelease, getRelease, moveRelease, type Release } from "../release/store.ts";
import { lockEnvironment, nextInEnvironment, sendNextDeployment } from "./environment-queue.ts";
import { takeEnvironment } from "./ownership.ts";
import { queueDeployment } from "./request.ts";
import { isDeploying, lockDeployment, moveDeployment, takeDeploymentLease, type Deployment } from "./store.ts";

/** A deployment that this worker holds, with the releases that it is about. */
export interface HeldDeployment {
  readonly deployment: Deployment;
  readonly release: Release;
  /** The release that had the traffic when the deployment began. */
  readonly previous: Release | undefined;
}

/** An earlier holder was lost after the switch: the release has the traffic, and what goes wrong with it from now on is no failed start. */
export function wasSwitched({ release, previous }: HeldDeployment): boolean {
  return release.status === "active" && previous?.id !== release.id;
}

export type BeginOutcome = { readonly kind: "held"; readonly held: HeldDeployment } | { readonly kind: "busy"; readonly next?: string } | { readonly kind: "elsewhere" } | { readonly kind: "over" };

/**
 * Takes the deployment and marks it running and its release deploying, in one transaction.
 * `busy`: another deployment of this environment is under way, or goes first: `next`.
 * `elsewhere`: the environment is driven from another data directory than `owner`. `over`: nothing to do here.
 */
export async function beginDeployment(handle: DatabaseHandle, id: string, holder: string, owner?: string): Promise<BeginOutcome> {
  return handle.db.transaction().execute(async (trx): Promise<BeginOutcome> => {
    const queued = await trx.selectFrom("deployments").select(["environment", "status"]).where("id", "=", id).executeTakeFirst();
    if (queued === undefined) return { kind: "over" };
    await lockEnvironment(trx, queued.environment);
    if (owner !== undefined && !(await takeEnvironment(trx, queued.environment, owner))) return { kind: "elsewhere" };
    if (queued.status === "queued") {
      if (await isDeploying(trx, queued.environment)) return { kind: "busy" };
      const next = await nextInEnvironment(trx, queued.environment);
      if (next !== undefined && next !== id) return { kind: "busy", next };
    }
    const taken = await takeDeploymentLease(trx, id, holder);
    if (taken === undefined) return (await isOver(trx, id)) ? { kind: "over" } : { kind: "busy" };
    return { kind: "held", held: await markRunning(trx, taken) };
  });
}

async function isOver(trx: Executor, id: string): Promise<boolean> {
  const row = await trx.selectFrom("deployments").select("status").where("id", "=", id).executeTakeFirst();
  return row === undefined || !["queued", "running"].includes(row.status);
}

async function markRunning(trx: Executor, taken: Deployment): Promise<HeldDeployment> {
  const active = await findActiveRelease(trx, taken.environment);
  const release = await getRelease(trx, taken.releaseId);
  const fence = { leaseToken: taken.leaseToken };
  if (taken.status === "running") {
    await note(trx, taken, "deployment.taken_over", undefined, { holder: taken.leaseHolder, attempt: taken.attempt });
    const previous = taken.fromReleaseId === null ? undefined : await findRelease(trx, taken.fromReleaseId);
    return { deployment: taken, release, previous };
  }
  const patch = { startedAt: new Date(), fromReleaseId: active?.id ?? null };
  const deployment = await moveDeployment(trx, taken.id, "running", patch, fence);
  await note(trx, deployment, "deployment.started", undefined, { fromReleaseId: active?.id ?? null });
  const deploying = release.status === "active" ? release : await moveRelease(trx, release.id, "deploying");
  return { deployment, release: deploying, previous: active };
}

/** The switch has happened: the new release is active, the old one left behind. Again after a crash: nothing changes. */
export async function recordActivation(handle: DatabaseHandle, held: HeldDeployment): Promise<void> {
  const { deployment, release } = held;
  await handle.db.transaction().execute(async (trx) => {
    await lockDeployment(trx, deployment.id, deployment);
    const active = await findActiveRelease(trx, deployment.environment);
    if (active?.id === release.id) return;
    if (active !== undefined) await leave(trx, deployment, active);
    await moveRelease(trx, release.id, "active", { deployedAt: new Date(), rolledBackAt: null, previousReleaseId: active?.id ?? release.previousReleaseId });
    await note(trx, deployment, "release.activated", { type: "release", id: release.id }, { previousReleaseId: active?.id ?? null });
  });
}

async function leave(trx: Executor, deployment: Deployment, active: Release): Promise<void> {
  const back = deployment.kind !== "deploy";
  await moveRelease(trx, active.id, back ? "rolled_back" : "superseded", back ? { rolledBackAt: new Date() } : {});
  await note(trx, deployment, back ? "release.rolled_back" : "release.superseded", { type: "release", id: active.id });
}

/** What the end of a deployment works with: who waits for the environment is told. */
export interface EndContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
}

/** The deployment is over and well. */
export async function recordSuccess({ handle, jobs }: EndContext, { deployment }: HeldDeployment, steps: readonly DeploymentStep[]): Promise<void> {
  await handle.db.transaction().execute(async (trx) => {
    await lockEnvironment(trx, deployment.environment);
    const fence = { leaseToken: deployment.leaseToken };
    const done = await moveDeployment(trx, deployment.id, "success", { finishedAt: new Date(), steps: JSON.stringify(steps) }, fence);
    await trx.updateTable("builds").set({ releaseId: done.releaseId }).where("id", "=", done.buildId).execute();
    await note(trx, done, "deployment.succeeded");
    await sendNextDeployment(trx, jobs, deployment.environment);
  });
}

/** The deployment failed; `goBackTo` queues the one automatic rollback in the same transaction. */
export async function recordFailure(
  { handle, jobs }: EndContext,
  held: HeldDeployment,
  failure: StoredFailure,
  steps: readonly DeploymentStep[],
  goBackTo?: Release,
): Promise<Deployment | undefined> {
  return handle.db.transaction().execute(async (trx) => {
    const { deployment } = held;
    await lockEnvironment(trx, deployment.environment);
    const patch = { finishedAt: new Date(), error: JSON.stringify(failure), steps: JSON.stringify(steps) };
    const failed = await moveDeployment(trx, deployment.id, "failed", patch, { leaseToken: deployment.leaseToken });
    await note(trx, failed, "deployment.failed", undefined, { problems: failure.problems });
    await putBack(trx, failed);
    if (goBackTo === undefined) {
      await sendNextDeployment(trx, jobs, deployment.environment);
      return undefined;
    }
    const reason = `automatic rollback: ${failure.problems[0]?.message ?? "the new release became unwell"}`;
    return queueDeployment(trx, jobs, { release: goBackTo, kind: "auto_rollback", actor: "modyard", reason });
  });
}

async function putBack(trx: Executor, deployment: Deployment): Promise<void> {
  const release = await getRelease(trx, deployment.releaseId);
  if (release.status !== "deploying") return;
  const before = release.rolledBackAt !== null ? "rolled_back" : release.deployedAt !== null ? "superseded" : "failed";
  await moveRelease(trx, release.id, before);
  if (before === "failed") await note(trx, deployment, "release.failed", { type: "release", id: release.id });
}

async function note(
  trx: Executor,
  deployment: Deployment,
  action: JournalAction,
  subject?: { readonly type: "release"; readonly id: string },
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await appendJournal(trx, {
    actor: askerOf(deployment),
    action,
    subjectType: subject?.type ?? "deployment",
    subjectId: subject?.id ?? toPublicId("dpl", deployment.id),
    reason: deployment.reason,
    details: { environment: deployment.environment, releaseId: deployment.releaseId, kind: deployment.kind, ...namedBy(deployment), ...details },
  });
}
