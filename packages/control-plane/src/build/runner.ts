import { toPublicId } from "../database/identifiers.ts";
import { isLeaseLost } from "../jobs/leases/lost.ts";
import { bootClock } from "../processes/boot-clock.ts";
import { isDatabaseGone } from "../database/problems.ts";
import { askerOf, namedBy } from "../journal/asker.ts";
import { appendJournal } from "../journal/journal.ts";
import { holdCaches } from "./cache-lock.ts";
import type { BuildContext } from "./context.ts";
import { describeFailure } from "./failure.ts";
import { finishCancelled, finishFailure, finishSuccess, type AfterSuccess } from "./finish.ts";
import { keepLease, takeLease, type Heartbeat } from "./lease.ts";
import { openBuildLog, type BuildLog } from "./log.ts";
import { openRun } from "./open-run.ts";
import { runPipeline } from "./pipeline/pipeline.ts";
import { StepRecorder } from "./step-recorder.ts";
import { moveBuild, type Build } from "./store.ts";
import { buildSpan } from "./trace-build.ts";
import { planAlone, queueAlone } from "./unfold.ts";
import { openWorkspace } from "./workspace.ts";

/** Runs one build to its end, if no other worker has it. Whatever happens, the build ends in a state that says what. */
export async function runBuild(context: BuildContext, id: string, signal: AbortSignal, after: AfterSuccess): Promise<void> {
  const since = bootClock();
  const build = await begin(context, id);
  if (build !== undefined) await buildSpan(build).run(() => runHeld(context, build, since, signal, after));
}

async function runHeld(context: BuildContext, build: Build, since: number, signal: AbortSignal, after: AfterSuccess): Promise<void> {
  const log = await openBuildLog(context.handle.db, build.id, context.secrets, build);
  const recorder = await StepRecorder.open(context.handle, build, log);
  const { workspace, close } = openWorkspace(context.dataDirectory);
  // Last: whatever fails before it lets the lease run out, and the build is taken up again.
  const heartbeat = keepLease(context, build, since, signal);
  try {
    const result = await runPipeline(openRun(context, build, workspace, log, recorder, heartbeat));
    await log.flush();
    await finishSuccess(context, build, result, after);
  } catch (error) {
    try {
      await end(context, build, log, recorder, heartbeat, error);
    } catch (unknown) {
      heartbeat.abandon();
      throw unknown;
    }
  } finally {
    heartbeat.stop();
    close();
  }
}

async function begin(context: BuildContext, id: string): Promise<Build | undefined> {
  return context.handle.db.transaction().execute(async (trx) => {
    await holdCaches(trx);
    const taken = await takeLease(trx, id, context.holder);
    if (taken === undefined) return undefined;
    const again = taken.status === "running";
    const build = again ? taken : await moveBuild(trx, id, "running", { startedAt: taken.startedAt ?? new Date() }, taken);
    await appendJournal(trx, {
      actor: askerOf(build),
      action: again ? "build.taken_over" : "build.started",
      subjectType: "build",
      subjectId: toPublicId("bld", id),
      reason: build.reason,
      details: { holder: context.holder, attempt: build.attempt, ...namedBy(build) },
    });
    return build;
  });
}

async function end(context: BuildContext, build: Build, log: BuildLog, recorder: StepRecorder, heartbeat: Heartbeat, error: unknown): Promise<void> {
  if (heartbeat.why === "lost" || isLeaseLost(error)) return;
  if (heartbeat.why === "stopping") {
    await handBack(context, build, log);
    return;
  }
  if (heartbeat.why === "cancelled") {
    log.write(recorder.current, "modyard", "cancelled; everything that the build started has ended");
    await log.flush();
    await finishCancelled(context, build, { actor: heartbeat.cancelledBy ?? askerOf(build) });
    return;
  }
  // Nothing is known to be wrong with the build: it is taken up again when the database is back.
  if (isDatabaseGone(error)) throw error;
  const failure = describeFailure(recorder.current, error);
  context.logger.info({ build: toPublicId("bld", build.id), step: failure.step, err: error }, "a build failed");
  for (const { code, message } of failure.problems) log.write(recorder.current, "modyard", `${code}: ${message}`);
  await log.flush();
  const alone = failure.deterministic ? await planAlone(context, build) : [];
  await finishFailure(context, build, failure, (trx) => queueAlone(context, trx, alone));
}

/** This worker is being stopped: the build goes back into the queue at once, and this attempt does not count. */
async function handBack(context: BuildContext, build: Build, log: BuildLog): Promise<void> {
  log.write("modyard", "modyard", "the worker is being stopped; the build goes back into the queue");
  await log.flush();
  await context.handle.db.transaction().execute(async (trx) => {
    await moveBuild(trx, build.id, "queued", { stage: "pending", progress: 0, leaseHolder: null, leaseExpiresAt: null, attempt: build.attempt - 1 }, build);
    // The next attempt has the same number: its steps take the place of these.
    await trx.deleteFrom("buildSteps").where("buildId", "=", build.id).where("attempt", "=", build.attempt).execute();
    await context.jobs.send(trx, "build", build.id);
  });
}
