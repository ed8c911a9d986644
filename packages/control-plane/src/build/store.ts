import type { Insertable, Selectable, Updateable } from "kysely";
import type { Executor } from "../database/connection.ts";
import { toPublicId, toUuid } from "../database/identifiers.ts";
import type { BuildsTable } from "../database/tables.ts";
import { fail } from "../errors/problem.ts";
import { leaseLost } from "../jobs/leases/lost.ts";
import { currentTraceparent } from "../telemetry/tracing/spans.ts";
import { assertBuildTransition, type BuildStage, type BuildStatus } from "./states.ts";

/** A build as it is stored. */
export type Build = Omit<Selectable<BuildsTable>, "status" | "stage"> & { readonly status: BuildStatus; readonly stage: BuildStage };

/** What may change together with the status, or between two changes of it. */
export type BuildPatch = Omit<Updateable<BuildsTable>, "id" | "status" | "leaseToken">;

/** Proof of being the present holder: a write that carries an older token is refused. */
export interface Fence {
  readonly leaseToken: number;
}

export async function insertBuild(trx: Executor, values: Insertable<BuildsTable>): Promise<Build> {
  return (await trx.insertInto("builds").values({ traceparent: currentTraceparent(), ...values }).returningAll().executeTakeFirstOrThrow()) as Build;
}

export async function findBuild(db: Executor, id: string): Promise<Build | undefined> {
  return (await db.selectFrom("builds").selectAll().where("id", "=", id).executeTakeFirst()) as Build | undefined;
}

/** The builds with these UUIDs, in any order; those that are not there are left out. */
export async function findBuilds(db: Executor, ids: readonly string[]): Promise<readonly Build[]> {
  return (await db.selectFrom("builds").selectAll().where("id", "in", ids).execute()) as readonly Build[];
}

/** The build named by a public identifier or UUID. */
export async function getBuild(db: Executor, publicId: string): Promise<Build> {
  const uuid = toUuid("bld", publicId);
  const build = uuid === undefined ? undefined : await findBuild(db, uuid);
  return build ?? fail("build_not_found", `there is no build ${JSON.stringify(publicId)}`);
}

/** The newest builds, or those older than the build `before` (a UUID). */
export async function listBuilds(db: Executor, query: { readonly limit: number; readonly before?: string | undefined; readonly status?: BuildStatus | undefined; readonly branch?: string | undefined; readonly deployTo?: string | undefined }): Promise<readonly Build[]> {
  let select = db.selectFrom("builds").selectAll();
  if (query.status !== undefined) select = select.where("status", "=", query.status);
  if (query.branch !== undefined) select = select.where("manifestRef", "=", query.branch);
  if (query.deployTo !== undefined) select = select.where("deployTo", "=", query.deployTo);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  // UUIDv7 sorts by time of creation.
  return (await select.orderBy("id", "desc").limit(query.limit).execute()) as readonly Build[];
}

/** The one setter of a build's status: checks the table of transitions and the fence under a row lock. */
export async function moveBuild(trx: Executor, id: string, to: BuildStatus, patch: BuildPatch, fence?: Fence): Promise<Build> {
  const current = await lockBuild(trx, id, fence);
  assertBuildTransition(toPublicId("bld", id), current.status, to);
  return writeBuild(trx, id, { ...patch, status: to });
}

/** Changes facts of a running build without changing its status. */
export async function patchBuild(trx: Executor, id: string, patch: BuildPatch, fence: Fence): Promise<void> {
  const changed = await trx
    .updateTable("builds")
    .set({ ...patch, updatedAt: new Date() })
    .where("id", "=", id)
    .where("leaseToken", "=", fence.leaseToken)
    .where("status", "=", "running")
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) leaseLost("builds", id);
}

/** The build, locked until the transaction ends; refuses who no longer holds it. */
export async function lockBuild(trx: Executor, id: string, fence: Fence | undefined): Promise<Build> {
  const row = (await trx.selectFrom("builds").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()) as Build | undefined;
  if (row === undefined) return fail("build_not_found", `there is no build ${toPublicId("bld", id)}`);
  if (fence !== undefined && row.leaseToken !== fence.leaseToken) return leaseLost("builds", id);
  return row;
}

async function writeBuild(trx: Executor, id: string, set: Updateable<BuildsTable>): Promise<Build> {
  const update = trx.updateTable("builds").set({ ...set, updatedAt: new Date() });
  return (await update.where("id", "=", id).returningAll().executeTakeFirstOrThrow()) as Build;
}
