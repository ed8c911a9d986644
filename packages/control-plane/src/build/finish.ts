import type { DatabaseHandle } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { StoredFailure } from "../database/stored.ts";
import type { Executor } from "../database/connection.ts";
import { askerOf, namedBy } from "../journal/asker.ts";
import { appendJournal, type JournalAction } from "../journal/journal.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { endWorkSpan } from "../telemetry/tracing/spans.ts";
import { sendNextBuild } from "./branch-queue.ts";
import type { PipelineResult } from "./pipeline/result.ts";
import { moveBuild, type Build } from "./store.ts";

/** What ending a build works with. */
export interface FinishContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
}

/** What follows a success, in the same transaction: nothing acknowledged is lost between the two. */
export type AfterSuccess = (trx: Executor, build: Build) => Promise<void>;

export async function finishSuccess({ handle, jobs }: FinishContext, build: Build, result: PipelineResult, after: AfterSuccess): Promise<Build> {
  const success = await handle.db.transaction().execute(async (trx) => {
    const done = await moveBuild(
      trx,
      build.id,
      "success",
      {
        stage: "complete",
        progress: 100,
        composition: JSON.stringify(result.composition),
        artifactDigest: result.artifact.digest,
        artifactBytes: result.artifact.bytes,
        resultCommit: result.resultCommit,
        landedKey: result.landedKey,
        finishedAt: new Date(),
      },
      build,
    );
    const details = { artifact: result.artifact.digest, commit: result.resultCommit, delta: done.modulesDelta, ...(done.verifies !== null && { verifies: toPublicId("bld", done.verifies) }), ...(result.sameAs && { sameAs: toPublicId("bld", result.sameAs.id) }) };
    await note(trx, done, "build.succeeded", askerOf(done), { ...details, ...namedBy(done) });
    await after(trx, done);
    await sendNextBuild(trx, jobs, done.manifestRef);
    return done;
  });
  endWorkSpan("success");
  return success;
}

/** What a build writes down before it lands is its result only when it succeeds. */
const nothingMade = { resultCommit: null, landedKey: null, artifactDigest: null, artifactBytes: null };

export async function finishFailure({ handle, jobs }: FinishContext, build: Build, failure: StoredFailure, after: (trx: Executor) => Promise<void> = () => Promise.resolve()): Promise<void> {
  await handle.db.transaction().execute(async (trx) => {
    const patch = { ...nothingMade, error: JSON.stringify(failure), finishedAt: new Date() };
    const failed = await moveBuild(trx, build.id, "failed", patch, build);
    await note(trx, failed, "build.failed", askerOf(failed), { step: failure.step, problems: failure.problems, ...namedBy(failed) });
    await after(trx);
    await sendNextBuild(trx, jobs, failed.manifestRef);
  });
  endWorkSpan("failed", failure.problems[0]?.code);
}

/** `by.reason`: why it was cancelled, where the same transaction is told; else an entry before this one tells it. */
export async function finishCancelled({ handle, jobs }: FinishContext, build: Build, by: { readonly actor: string; readonly reason?: string }, after: AfterSuccess = () => Promise.resolve()): Promise<void> {
  await handle.db.transaction().execute(async (trx) => {
    const cancelled = await moveBuild(trx, build.id, "cancelled", { ...nothingMade, finishedAt: new Date() }, build);
    await note(trx, { ...cancelled, reason: by.reason ?? cancelled.reason }, "build.cancelled", by.actor, { was: build.status, stage: build.stage });
    await after(trx, cancelled);
    await sendNextBuild(trx, jobs, cancelled.manifestRef);
  });
  endWorkSpan("cancelled");
}

async function note(trx: Executor, build: Build, action: JournalAction, actor: string, details: Readonly<Record<string, unknown>>): Promise<void> {
  await appendJournal(trx, { actor, action, subjectType: "build", subjectId: toPublicId("bld", build.id), reason: build.reason, details });
}
