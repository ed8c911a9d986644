import type { ArtifactStore } from "../build/artifacts/artifact-store.ts";
import { claimArtifact } from "../build/artifacts/keep.ts";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { StoredDecision, StoredPrincipal } from "../database/stored.ts";
import { fail } from "../errors/problem.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { appendJournal } from "../journal/journal.ts";
import { getRelease } from "../release/store.ts";
import { lockEnvironment } from "./environment-queue.ts";
import { findStaleness } from "./staleness.ts";
import { getDeployment, lockDeployment, moveDeployment, type Deployment } from "./store.ts";

/** What approving works with. */
export interface ApprovalContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
  readonly artifacts: Pick<ArtifactStore, "has">;
}

/** What somebody decides about a deployment that waits. */
export interface Decision {
  /** The deployment's public identifier. */
  readonly id: string;
  readonly by: StoredPrincipal;
  readonly reason: string;
}

/** What belongs to the answer and is to be saved with it, in the same transaction. */
export type AfterDecision = (trx: Executor, deployment: Deployment) => Promise<void>;

/**
 * Queues a deployment that waits. Of several who decide at once exactly one does. Throws approval_own_request, approval_not_waiting,
 * approval_stale (unless `acceptStale`) and artifact_missing.
 */
export async function approveDeployment(context: ApprovalContext, decision: Decision & { readonly acceptStale: boolean }, after: AfterDecision): Promise<void> {
  await context.handle.db.transaction().execute(async (trx) => {
    const waiting = await lockWaiting(trx, decision.id);
    assertSecondPerson(waiting, decision.by);
    const release = await getRelease(trx, waiting.releaseId);
    const stale = await findStaleness(trx, release);
    if (stale !== undefined && !decision.acceptStale) fail("approval_stale", stale);
    const approved = await moveDeployment(trx, waiting.id, "queued", { decision: storedDecision("approved", decision) });
    await note(trx, approved, "deployment.approved", { ...decision, details: { approvedBy: decision.by.name, ...(stale !== undefined && { stale }) } });
    await context.jobs.send(trx, "deployment", approved.id);
    // Looked at after the claim: what retention was faster to remove is refused, and nothing is queued.
    await claimArtifact(trx, release.artifactDigest);
    if (!(await context.artifacts.has(release.artifactDigest))) fail("artifact_missing", `the artifact of ${release.id} is no longer kept`);
    await after(trx, approved);
  });
}

/** The deployment, locked with its environment until the transaction ends. Throws approval_not_waiting, which tells who was faster. */
export async function lockWaiting(trx: Executor, publicId: string): Promise<Deployment> {
  const { id, environment } = await getDeployment(trx, publicId);
  await lockEnvironment(trx, environment);
  const deployment = await lockDeployment(trx, id);
  return deployment.status === "waiting_approval" ? deployment : fail("approval_not_waiting", whyNotWaiting(deployment));
}

function whyNotWaiting({ id, status, decision }: Deployment): string {
  const name = toPublicId("dpl", id);
  if (decision === null) return `${name} is ${status}; it did not wait for approval`;
  const { outcome, by, at } = decision;
  return outcome === "expired" ? `nobody approved ${name} until ${at}` : `${name} was ${outcome} by ${by?.name ?? "somebody"} at ${at}; it is ${status}`;
}

/** Whether one human can be both. */
export function isSameHand(one: StoredPrincipal, other: StoredPrincipal): boolean {
  return one.hand === other.hand || (one.kind === other.kind && one.id === other.id);
}

/** Refuses, by approval_own_request, a decision of who asked. */
export function assertSecondPerson({ id, requesters }: Deployment, by: StoredPrincipal): void {
  const same = requesters.find((requester) => isSameHand(requester, by));
  if (same === undefined) return;
  const as = same.name === by.name ? "" : ` as ${same.name}`;
  fail("approval_own_request", `${by.name} asked for ${toPublicId("dpl", id)}${as}: it takes a second person to decide about it`);
}

/** The decision as it is kept with the deployment. */
export function storedDecision(outcome: StoredDecision["outcome"], { by, reason }: { readonly by?: StoredPrincipal; readonly reason: string }): string {
  return JSON.stringify({ outcome, ...(by !== undefined && { by }), reason, at: new Date().toISOString() } satisfies StoredDecision);
}

/** Tells in the journal who decided, and who had asked. */
export async function note(
  trx: Executor,
  deployment: Deployment,
  action: "deployment.approved" | "deployment.rejected" | "deployment.withdrawn" | "deployment.approval_expired",
  { by, reason, details = {} }: { readonly by?: StoredPrincipal; readonly reason: string; readonly details?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { environment, releaseId, buildId, requesters } = deployment;
  const facts = { environment, releaseId, buildId: toPublicId("bld", buildId), askedBy: requesters.map(({ name }) => name), ...details };
  await appendJournal(trx, { actor: by?.name ?? "modyard", action, subjectType: "deployment", subjectId: toPublicId("dpl", deployment.id), reason, details: facts });
}
