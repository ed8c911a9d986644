import type { Change, Plan } from "../composition/plan.ts";
import type { Executor } from "../database/connection.ts";
import { lockBranch } from "./branch-queue.ts";
import type { BuildRequest } from "./build-request.ts";
import type { BuildContext } from "./context.ts";
import { findFolding, foldInto, type Folding } from "./fold.ts";
import { planChange } from "./planner.ts";
import { noteRequest, prepareRequest, queueBuild, type PreparedRequest } from "./queue-build.ts";
import type { HostSnapshot } from "./snapshot.ts";
import { findRivals } from "./rivals.ts";
import { findSameBuild, type SameBuild } from "./same-build.ts";
import type { Build } from "./store.ts";

/** A request's answer: a build of its own, one that waited and that it became a part of (`folded`), or the one that is the same. */
export interface RequestOutcome {
  readonly build: Build;
  readonly kind: "queued" | "folded" | SameBuild["kind"];
}

/** What belongs to the answer and is to be saved with it, in the same transaction. */
export type AfterRequest = (trx: Executor, outcome: RequestOutcome) => Promise<void>;

/** Plans a change against the branch as it is now. */
export async function planRequest(context: BuildContext, branch: string, change: Change): Promise<{ readonly snapshot: HostSnapshot; readonly plan: Plan }> {
  const snapshot = await context.reader.snapshot(branch);
  return { snapshot, plan: await planChange(context, snapshot, change) };
}

/** The waiting build may begin, or change, between the look at it and the write: then it is looked for again. */
const foldingAttempts = 5;

/**
 * Queues a build, unless a build with the same inputs succeeded, is under way, or failed for a reason that would come again, or one
 * waits that this request can become a part of.
 */
export async function requestBuild(context: BuildContext, request: BuildRequest, after: AfterRequest = () => Promise.resolve()): Promise<RequestOutcome> {
  const prepared = await prepareRequest(context, request);
  for (let attempt = 1; ; attempt += 1) {
    const folding = attempt > foldingAttempts ? undefined : await findFolding(context, prepared);
    const outcome = await context.handle.db.transaction().execute(async (trx) => {
      const found = await answer(context, trx, prepared, folding);
      if (found !== undefined) await after(trx, found);
      return found;
    });
    if (outcome !== undefined) return outcome;
  }
}

/** Undefined: the folding is out of date. */
async function answer(context: BuildContext, trx: Executor, prepared: PreparedRequest, folding: Folding | undefined): Promise<RequestOutcome | undefined> {
  const { request, key } = prepared;
  // Two requests at the same instant: the second waits here and then sees what the first one came to.
  await lockBranch(trx, request.branch);
  const same = request.force ? undefined : await findAnswer(context, trx, request, key);
  if (same !== undefined) {
    await noteRequest(trx, "build.joined", same.build, request);
    return { build: same.build, kind: same.kind };
  }
  if (folding === undefined) return { build: await queueBuild(context, trx, prepared), kind: "queued" };
  const build = await foldInto(trx, folding, prepared);
  if (build === undefined) return undefined;
  await noteRequest(trx, "build.folded", build, request);
  return { build, kind: "folded" };
}

/** The build that answers the request already, unless another that is under way will have changed by then what it asks about. */
async function findAnswer({ artifacts }: BuildContext, trx: Executor, { branch, change, deployTo }: BuildRequest, key: string): Promise<SameBuild | undefined> {
  const [newest] = await findRivals(trx, branch, change);
  if (newest === undefined) return findSameBuild(trx, artifacts, key, { branch, deployTo });
  const isSame = newest.buildKey === key && newest.deployTo === (deployTo ?? newest.deployTo);
  return isSame ? { build: newest, kind: "joined" } : undefined;
}
