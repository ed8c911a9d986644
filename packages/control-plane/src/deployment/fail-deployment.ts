import { isDatabaseGone } from "../database/problems.ts";
import type { StoredFailure } from "../database/stored.ts";
import { ModyardError, problem } from "../errors/problem.ts";
import { isLeaseLost } from "../jobs/leases/lost.ts";
import { endWorkSpan } from "../telemetry/tracing/spans.ts";
import type { DeploymentContext, HolderContext } from "./context.ts";
import { recordFailure, wasSwitched, type HeldDeployment } from "./record.ts";
import type { StepLog } from "./step-log.ts";
import { endDeploymentLease } from "./store.ts";
import { takeBackComposition } from "./take-back.ts";
import type { Target } from "./targets/target.ts";

/**
 * What becomes of a deployment that ended with an error: it fails, and the way back is queued where users may have seen it; or it goes
 * to the next worker, where nothing is wrong with the release. `stopping`: this worker's own end.
 */
export async function failDeployment(context: HolderContext, held: HeldDeployment, steps: StepLog, error: unknown, stopping: AbortSignal): Promise<void> {
  // Nothing is known to be wrong with the release: the next worker goes on when the database is back.
  if (isDatabaseGone(error)) throw error;
  // This worker is being stopped: the lease ends at once, and the next worker goes on from what it finds.
  if (stopping.aborted) {
    await handBack(context, held);
    return;
  }
  const { release, previous } = held;
  context.logger.warn({ err: error, release: release.id, step: steps.current }, "a deployment failed");
  const target = await targetOf(context, release.environment);
  const afterSwitch = steps.current === "observe" || wasSwitched(held);
  const goBackTo = afterSwitch && held.deployment.kind === "deploy" && previous?.id !== release.id ? previous : undefined;
  const failure = await sayTakenBack(context, held, await describeFailure(target, held, steps.current, error));
  // While the lease is still held: afterwards it may be another's release to start.
  if (!afterSwitch) await stopFailed(context, held, target);
  await recordFailure(context, held, failure, steps.steps, goBackTo);
  endWorkSpan("failed", failure.problems[0]?.code);
}

async function stopFailed(context: DeploymentContext, { deployment, release }: HeldDeployment, target: Target | undefined): Promise<void> {
  try {
    await target?.stop(release.id, deployment.leaseToken);
  } catch (error) {
    if (isLeaseLost(error)) throw error;
    context.logger.warn({ err: error, release: release.id }, "the failed release could not be stopped");
  }
}

/** The next worker goes on at once from what it finds. */
async function handBack({ handle, jobs }: DeploymentContext, { deployment }: HeldDeployment): Promise<void> {
  await handle.db.transaction().execute(async (trx) => {
    if (await endDeploymentLease(trx, deployment.id, deployment)) await jobs.send(trx, "deployment", deployment.id);
  });
}

/** Takes the change back from the branch, and says so where the reader looks for what to do. */
async function sayTakenBack(context: HolderContext, held: HeldDeployment, failure: StoredFailure): Promise<StoredFailure> {
  const [first, ...rest] = failure.problems;
  if (first === undefined) return failure;
  try {
    const branch = await takeBackComposition(context, held, first);
    if (branch === undefined) return failure;
    return { ...failure, problems: [{ ...first, hint: `${first.hint} The change was taken back from ${branch}; ask for it again when it is mended.` }, ...rest] };
  } catch (error) {
    if (isLeaseLost(error)) throw error;
    context.logger.warn({ err: error }, "a change that could not go live could not be taken back from the branch");
    return failure;
  }
}

/** Undefined when the host has no such environment any more: its deployment fails all the same, and says so. */
async function targetOf(context: DeploymentContext, environment: string): Promise<Target | undefined> {
  return (await context.environments.get(environment).catch(() => undefined))?.target;
}

async function describeFailure(target: Target | undefined, held: HeldDeployment, step: string, error: unknown): Promise<StoredFailure> {
  const problems = error instanceof ModyardError ? error.problems : [problem("internal", error instanceof Error ? error.message : String(error))];
  const observed = await target?.check(held.release.id).catch(() => undefined);
  return { problems, step, excerpt: observed?.lastLines.slice(-20) ?? [], deterministic: false };
}
