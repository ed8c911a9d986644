import type { Plan } from "../composition/plan.ts";
import type { Executor } from "../database/connection.ts";
import type { BuildContext } from "./context.ts";
import { foldChanges } from "./fold-change.ts";
import { keyOf } from "./host/key-of.ts";
import { planChange } from "./planner.ts";
import { addRequest } from "./requests-store.ts";
import type { BuildRequest } from "./build-request.ts";
import type { PreparedRequest } from "./queue-build.ts";
import type { Build } from "./store.ts";

/** A waiting build with what it would become when the request is folded into it. */
export interface Folding {
  readonly into: Build;
  readonly plan: Plan;
  readonly key: string;
}

/**
 * The build that waits for the same branch and environment and that the request can become a part of; undefined where there is
 * none, or where the two together may not be built.
 */
export async function findFolding(context: BuildContext, { request, snapshot }: PreparedRequest): Promise<Folding | undefined> {
  if (request.force || request.alone === true) return undefined;
  const into = await waitingBuild(context.handle.db, request);
  const change = into === undefined ? undefined : foldChanges(into.change, request.change, new Set(snapshot.manifest.modules.map(({ slug }) => slug)));
  if (into === undefined || change === undefined) return undefined;
  const plan = await planChange(context, snapshot, change);
  if (plan.blockers.length > 0) return undefined;
  return { into, plan, key: await keyOf(snapshot, context.toolchains(snapshot.host.toolchain), plan.composition) };
}

/** Folds, in the caller's transaction. Undefined: the build has begun or changed since the folding was worked out. */
export async function foldInto(trx: Executor, { into, plan, key }: Folding, { request, snapshot }: PreparedRequest): Promise<Build | undefined> {
  const current = await trx.selectFrom("builds").select(["status", "updatedAt", "cancelRequestedAt"]).where("id", "=", into.id).forUpdate().executeTakeFirst();
  if (current?.status !== "queued" || current.cancelRequestedAt !== null || current.updatedAt.getTime() !== into.updatedAt.getTime()) return undefined;
  const facts = { sourceCommit: snapshot.commit, manifestHash: plan.manifestHashAfter, buildKey: key, planHash: plan.planHash, updatedAt: new Date() };
  const texts = { change: JSON.stringify(plan.change), modulesDelta: JSON.stringify(plan.delta), composition: JSON.stringify(plan.composition) };
  const row = await trx.updateTable("builds").set({ ...facts, ...texts }).where("id", "=", into.id).returningAll().executeTakeFirstOrThrow();
  await addRequest(trx, into.id, request);
  return row as Build;
}

async function waitingBuild(db: Executor, { branch, deployTo }: BuildRequest): Promise<Build | undefined> {
  const select = db.selectFrom("builds").selectAll().where("manifestRef", "=", branch).where("status", "=", "queued");
  const open = select.where("deployTo", "is not distinct from", deployTo ?? null).where("force", "=", false).where("alone", "=", false).where("cancelRequestedAt", "is", null);
  return (await open.orderBy("id", "desc").executeTakeFirst()) as Build | undefined;
}
