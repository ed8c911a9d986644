import type { Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { appendJournal } from "../journal/journal.ts";
import { finishCancelled, type FinishContext } from "./finish.ts";
import { isFinal } from "./states.ts";
import { getBuild, type Build } from "./store.ts";
import { fail } from "../errors/problem.ts";

/** What belongs to the answer and is to be saved with it, in the same transaction. */
type AfterCancel = (trx: Executor, build: Build) => Promise<void>;

/**
 * Cancels a build: a queued one at once; a running one by its worker, which kills everything that it started
 * and then records that it is cancelled.
 */
export async function cancelBuild(context: FinishContext, publicId: string, actor: string, reason: string, after: AfterCancel = () => Promise.resolve()): Promise<Build> {
  const { handle } = context;
  const build = await getBuild(handle.db, publicId);
  if (isFinal(build.status)) fail("build_transition_refused", `build ${toPublicId("bld", build.id)} is ${build.status} already and cannot be cancelled`);
  if (build.status === "queued" && (await cancelQueued(context, build, { actor, reason }, after))) return getBuild(handle.db, publicId);
  await handle.db.transaction().execute(async (trx) => {
    const asked = { cancelRequestedBy: actor, cancelRequestedAt: new Date() };
    await trx.updateTable("builds").set(asked).where("id", "=", build.id).where("cancelRequestedAt", "is", null).execute();
    await appendJournal(trx, { actor, action: "build.cancel_requested", subjectType: "build", subjectId: toPublicId("bld", build.id), reason, details: { was: build.status, stage: build.stage } });
    await after(trx, { ...build, cancelRequestedBy: build.cancelRequestedBy ?? actor });
  });
  return getBuild(handle.db, publicId);
}

async function cancelQueued(context: FinishContext, build: Build, by: { readonly actor: string; readonly reason: string }, after: AfterCancel): Promise<boolean> {
  try {
    await finishCancelled(context, build, by, after);
    return true;
  } catch {
    // A worker took it between our look and our write: it is cancelled as a running one.
    return false;
  }
}
