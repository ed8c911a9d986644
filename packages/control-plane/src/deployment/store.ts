import { sql, type Insertable, type Selectable, type Updateable } from "kysely";
import type { Executor } from "../database/connection.ts";
import { toPublicId, toUuid } from "../database/identifiers.ts";
import type { DeploymentsTable } from "../database/deployment-tables.ts";
import { fail } from "../errors/problem.ts";
import { leaseLost } from "../jobs/leases/lost.ts";
import { leaseSeconds } from "../jobs/leases/protocol.ts";
import { currentTraceparent } from "../telemetry/tracing/spans.ts";
import { assertDeploymentTransition, type DeploymentKind, type DeploymentStatus } from "./states.ts";

/** A deployment as it is stored. */
export type Deployment = Omit<Selectable<DeploymentsTable>, "status" | "kind"> & { readonly status: DeploymentStatus; readonly kind: DeploymentKind };

/** Proof of being the present holder of a deployment. */
export interface DeploymentFence {
  readonly leaseToken: number;
}

export async function insertDeployment(trx: Executor, values: Insertable<DeploymentsTable>): Promise<Deployment> {
  return (await trx.insertInto("deployments").values({ traceparent: currentTraceparent(), ...values }).returningAll().executeTakeFirstOrThrow()) as Deployment;
}

export async function getDeployment(db: Executor, publicId: string): Promise<Deployment> {
  const uuid = toUuid("dpl", publicId);
  const row = uuid === undefined ? undefined : await db.selectFrom("deployments").selectAll().where("id", "=", uuid).executeTakeFirst();
  return (row as Deployment | undefined) ?? fail("deployment_not_found", `there is no deployment ${JSON.stringify(publicId)}`);
}

/** The newest deployments, of one environment, release, build or status where named. */
export async function listDeployments(
  db: Executor,
  query: { readonly environment?: string | undefined; readonly buildId?: string | undefined; readonly releaseId?: string | undefined; readonly status?: DeploymentStatus | undefined; readonly before?: string | undefined; readonly limit: number },
): Promise<readonly Deployment[]> {
  let select = db.selectFrom("deployments").selectAll();
  if (query.environment !== undefined) select = select.where("environment", "=", query.environment);
  if (query.buildId !== undefined) select = select.where("buildId", "=", query.buildId);
  if (query.releaseId !== undefined) select = select.where("releaseId", "=", query.releaseId);
  if (query.status !== undefined) select = select.where("status", "=", query.status);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  return (await select.orderBy("id", "desc").limit(query.limit).execute()) as readonly Deployment[];
}

/** The deployments with these UUIDs, in any order; those that are not there are left out. */
export async function findDeployments(db: Executor, ids: readonly string[]): Promise<readonly Deployment[]> {
  return (await db.selectFrom("deployments").selectAll().where("id", "in", ids).execute()) as readonly Deployment[];
}

/** The newest deployment of each of the environments that ever had one; what only waits for approval hides nothing that happens. */
export async function newestDeployments(db: Executor, environments: readonly string[]): Promise<readonly Deployment[]> {
  const newest = environments.map((name) => db.selectFrom("deployments").select("id").where("environment", "=", name).where("status", "!=", "waiting_approval").orderBy("id", "desc").limit(1));
  return (await db.selectFrom("deployments").selectAll().where((eb) => eb.or(newest.map((id) => eb("id", "=", id)))).execute()) as readonly Deployment[];
}

/** What waits for approval in the environments, in the order in which it was asked for. */
export async function waitingDeployments(db: Executor, environments: readonly string[]): Promise<readonly Deployment[]> {
  return (await db.selectFrom("deployments").selectAll().where("status", "=", "waiting_approval").where("environment", "in", environments).orderBy("id").execute()) as readonly Deployment[];
}

/** Whether a deployment of the environment is under way. */
export async function isDeploying(trx: Executor, environment: string): Promise<boolean> {
  const running = await trx.selectFrom("deployments").select("id").where("environment", "=", environment).where("status", "=", "running").executeTakeFirst();
  return running !== undefined;
}

/** Releases that deployments of the environment wait to bring, in order. */
export async function queuedReleases(db: Executor, environment: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("deployments").select("releaseId").where("environment", "=", environment).where("status", "=", "queued").orderBy("id").execute();
  return rows.map((row) => row.releaseId);
}

/**
 * Takes the lease of a queued deployment, or of a running one whose holder let its lease expire.
 * Undefined: another holds it, or it is over.
 */
export async function takeDeploymentLease(trx: Executor, id: string, holder: string): Promise<Deployment | undefined> {
  const row = await trx
    .updateTable("deployments")
    .set({ leaseHolder: holder, leaseToken: sql`nextval('lease_tokens')`, leaseTakenAt: sql`now()`, leaseExpiresAt: leaseEnd(), attempt: sql`attempt + 1`, updatedAt: new Date() })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("status", "=", "queued"), eb.and([eb("status", "=", "running"), eb("leaseExpiresAt", "<", sql<Date>`now()`)])]))
    .returningAll()
    .executeTakeFirst();
  return row as Deployment | undefined;
}

/** Gives the lease up: the next worker may take the deployment at once, and this attempt does not count. False when it was another's. */
export async function endDeploymentLease(db: Executor, id: string, fence: DeploymentFence): Promise<boolean> {
  const changed = await db
    .updateTable("deployments")
    .set({ leaseExpiresAt: sql<Date>`now() - interval '1 second'`, attempt: sql`greatest(attempt - 1, 0)`, updatedAt: new Date() })
    .where("id", "=", id)
    .where("status", "=", "running")
    .where("leaseToken", "=", fence.leaseToken)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** The one setter of a deployment's status: checks the table of transitions and the fence under a row lock. */
export async function moveDeployment(
  trx: Executor,
  id: string,
  to: DeploymentStatus,
  patch: Omit<Updateable<DeploymentsTable>, "id" | "status" | "leaseToken">,
  fence?: DeploymentFence,
): Promise<Deployment> {
  const current = await lockDeployment(trx, id, fence);
  assertDeploymentTransition(toPublicId("dpl", id), current.status, to);
  const update = trx.updateTable("deployments").set({ ...patch, status: to, updatedAt: new Date() });
  return (await update.where("id", "=", id).returningAll().executeTakeFirstOrThrow()) as Deployment;
}

/** The deployment, locked until the transaction ends; refuses who no longer holds it. */
export async function lockDeployment(trx: Executor, id: string, fence?: DeploymentFence): Promise<Deployment> {
  const current = (await trx.selectFrom("deployments").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()) as Deployment | undefined;
  if (current === undefined) return fail("deployment_not_found", `there is no deployment ${toPublicId("dpl", id)}`);
  if (fence !== undefined && fence.leaseToken !== current.leaseToken) return leaseLost("deployments", id);
  return current;
}

/** Changes facts of a running deployment without changing its status. */
export async function patchDeployment(db: Executor, id: string, patch: Pick<Updateable<DeploymentsTable>, "steps" | "fromReleaseId">, fence: DeploymentFence): Promise<void> {
  const changed = await db
    .updateTable("deployments")
    .set({ ...patch, updatedAt: new Date() })
    .where("id", "=", id)
    .where("leaseToken", "=", fence.leaseToken)
    .where("status", "=", "running")
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) leaseLost("deployments", id);
}

function leaseEnd() {
  return sql<Date>`now() + make_interval(secs => ${leaseSeconds})`;
}
