import { isDatabaseGone } from "../database/problems.ts";
import { fail } from "../errors/problem.ts";
import { isLeaseLost } from "../jobs/leases/lost.ts";
import { bootClock } from "../processes/boot-clock.ts";
import { endWorkSpan } from "../telemetry/tracing/spans.ts";
import type { DeploymentContext, HolderContext } from "./context.ts";
import { describeRun } from "./environment.ts";
import { failDeployment } from "./fail-deployment.ts";
import { observeRelease } from "./observe.ts";
import { beginDeployment, recordActivation, recordSuccess, wasSwitched, type BeginOutcome, type HeldDeployment } from "./record.ts";
import { smokeRelease } from "./smoke-release.ts";
import { StepLog } from "./step-log.ts";
import { patchDeployment, queuedReleases } from "./store.ts";
import { deploymentSpan } from "./trace-deployment.ts";

const maxHolders = 3;

/**
 * Carries out one deployment: start beside, smoke, switch, observe, retire. Called again after a crash it goes
 * on from what the environment reports, because every call to the target is idempotent.
 */
export async function runDeployment(context: DeploymentContext, id: string, signal: AbortSignal): Promise<void> {
  const since = bootClock();
  const begun = await begin(context, id);
  if (begun.kind !== "held") return;
  const { held } = begun;
  await deploymentSpan(held).run(() => runHeld(context, held, since, signal));
}

async function runHeld(context: DeploymentContext, held: HeldDeployment, since: number, signal: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const lease = context.leases.keep({ table: "deployments", id: held.deployment.id, token: held.deployment.leaseToken }, since, () => lost.abort(new Error("the lease is lost")));
  const steps = new StepLog((list) => patchDeployment(context.handle.db, held.deployment.id, { steps: JSON.stringify(list) }, held.deployment));
  try {
    await toItsEnd({ ...context, lease }, held, steps, { stopping: signal, lost: lost.signal });
  } catch (error) {
    // The present holder goes on with it.
    if (lost.signal.aborted || isLeaseLost(error)) return;
    lease.abandon();
    throw error;
  } finally {
    lease.release();
  }
}

async function toItsEnd(context: HolderContext, held: HeldDeployment, steps: StepLog, { stopping, lost }: { readonly stopping: AbortSignal; readonly lost: AbortSignal }): Promise<void> {
  try {
    await carryOut(context, held, steps, AbortSignal.any([stopping, lost]));
    await recordSuccess(context, held, steps.steps);
    endWorkSpan("success");
  } catch (error) {
    if (lost.aborted || isLeaseLost(error)) throw error;
    await failDeployment(context, held, steps, error, stopping);
  }
}

/** The environment's next deployment, which this one may be. A busy environment occupies no worker: the end of what runs there sends the next. */
async function begin(context: DeploymentContext, id: string): Promise<BeginOutcome> {
  for (let next = id; ; ) {
    const outcome = await beginDeployment(context.handle, next, context.holder, context.environments.owner);
    if (outcome.kind !== "busy" || outcome.next === undefined) return outcome;
    next = outcome.next;
  }
}

async function carryOut(context: DeploymentContext, held: HeldDeployment, steps: StepLog, signal: AbortSignal): Promise<void> {
  const { deployment, release, previous } = held;
  const isLast = deployment.attempt > maxHolders;
  if (isLast && !wasSwitched(held)) fail("deployment_interrupted", `the deployment of ${release.id} lost its worker ${maxHolders} times`);
  const environment = await context.environments.get(release.environment);
  const { target, settings } = environment;
  const run = describeRun(environment, release);
  const fence = deployment.leaseToken;
  await steps.run("prepare", () => target.prepare(run, fence));
  const started = await steps.run("start", () => target.start(run, fence));
  await steps.run("smoke", () => smokeRelease(release, environment, started, signal));
  signal.throwIfAborted();
  await steps.run("switch", async () => {
    await target.switch(release.id, settings.drainTimeoutSeconds, fence);
    await recordActivation(context.handle, held);
  });
  const isAwaited = async (): Promise<boolean> => (await queuedReleases(context.handle.db, release.environment)).length > 0;
  // After a way back nothing would follow from an observation: there is one automatic rollback, not a chain of them.
  if (deployment.kind === "deploy" && !isLast) await steps.run("observe", () => observeRelease({ environment, run, started, isAwaited, signal }));
  if (previous === undefined || previous.id === release.id) return;
  // Whoever waits to go back to it finds it running.
  if ((await queuedReleases(context.handle.db, release.environment)).includes(previous.id)) return;
  await retire(context, steps, () => target.stop(previous.id, fence), signal);
}

/** The new release is live and well: that the former one cannot be stopped is no failure of it. The recovery stops what is left. */
async function retire({ logger }: DeploymentContext, steps: StepLog, stop: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await steps.run("retire", stop);
  } catch (error) {
    if (signal.aborted || isLeaseLost(error) || isDatabaseGone(error)) throw error;
    logger.warn({ err: error }, "the former release could not be stopped; the recovery stops it");
  }
}
