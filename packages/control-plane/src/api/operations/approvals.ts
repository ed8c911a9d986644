import { storedPrincipal } from "../../access/hand.ts";
import type { Principal } from "../../access/principal.ts";
import type { ModulesDelta } from "../../composition/composition.ts";
import { modulesDelta } from "../../composition/delta.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { approveDeployment } from "../../deployment/approval.ts";
import { rejectDeployment, withdrawDeployment } from "../../deployment/end-waiting.ts";
import { settleBranch } from "../../deployment/settle-branch.ts";
import { findStaleness } from "../../deployment/staleness.ts";
import { getDeployment, type Deployment } from "../../deployment/store.ts";
import { findActiveRelease, getRelease } from "../../release/store.ts";
import type { After } from "./after.ts";

/** A decision about a deployment that waits, by its public identifier. */
export interface DecisionWish {
  readonly id: string;
  readonly reason: string;
}

/** The environment that a decision is about, for the permission. */
export async function environmentOfDeployment({ handle }: ControlPlane, id: string): Promise<string> {
  return (await getDeployment(handle.db, id)).environment;
}

/** Approves a deployment that waits, as a second person: it is queued. */
export async function approveAs(plane: ControlPlane, principal: Principal, { acceptStale, ...wish }: DecisionWish & { readonly acceptStale: boolean }, after: After<Deployment>): Promise<void> {
  await approveDeployment(plane, { ...wish, acceptStale, by: await storedPrincipal(plane.handle.db, principal) }, after);
}

/** Rejects a deployment that waits; what landed for its sake is taken back where that is safe. */
export async function rejectAs(plane: ControlPlane, principal: Principal, wish: DecisionWish, after: After<Deployment>): Promise<void> {
  await endAs(plane, (keep) => storedPrincipal(plane.handle.db, principal).then((by) => rejectDeployment(plane.handle, { ...wish, by }, keep)), after);
}

/** Withdraws a deployment that one asked for oneself and that waits. */
export async function withdrawAs(plane: ControlPlane, principal: Principal, wish: DecisionWish, after: After<Deployment>): Promise<void> {
  await endAs(plane, (keep) => storedPrincipal(plane.handle.db, principal).then((by) => withdrawDeployment(plane.handle, { ...wish, by }, keep)), after);
}

async function endAs(plane: ControlPlane, end: (keep: After<Deployment>) => Promise<void>, after: After<Deployment>): Promise<void> {
  let ended: Deployment | undefined;
  await end(async (trx, deployment) => {
    ended = deployment;
    await after(trx, deployment);
  });
  if (ended === undefined) return;
  // What cannot be done now, the recovery does.
  await settleBranch(plane, ended.id).catch((error: unknown) => plane.logger.warn({ err: error }, "the branch of a deployment that was not approved is settled later"));
}

/** A deployment with what has to be known to approve it. */
export interface JudgedDeployment {
  readonly deployment: Deployment;
  /** What it changes against what the environment has; undefined for one that does not wait. */
  readonly brings?: ModulesDelta;
  /** Why it no longer does what was meant when it was asked for. */
  readonly stale?: string | undefined;
}

export async function readDeployment({ handle: { db } }: ControlPlane, id: string): Promise<JudgedDeployment> {
  const deployment = await getDeployment(db, id);
  if (deployment.status !== "waiting_approval") return { deployment };
  const [release, active] = await Promise.all([getRelease(db, deployment.releaseId), findActiveRelease(db, deployment.environment)]);
  return { deployment, brings: modulesDelta(active?.composition.modules ?? [], release.composition.modules), stale: await findStaleness(db, release) };
}
