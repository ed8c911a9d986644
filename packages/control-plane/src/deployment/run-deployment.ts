import type { Logger } from "pino";
import { fail, ModyardError, problem } from "../errors/problem.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { isDatabaseGone } from "../database/problems.ts";
import type { StoredFailure } from "../database/stored.ts";
import type { KeptLease, LeaseKeeper } from "../jobs/leases/keeper.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { bootClock } from "../processes/boot-clock.ts";
import type { HostRepository } from "../build/host/repository.ts";
import { describeRun, type Environment } from "./environment.ts";
import type { Environments } from "./environments.ts";
import { observeRelease } from "./observe.ts";
import { beginDeployment, recordActivation, recordFailure, recordSuccess, type BeginOutcome, type HeldDeployment } from "./record.ts";
import { endWorkSpan } from "../telemetry/tracing/spans.ts";
import { deploymentSpan } from "./trace-deployment.ts";
import { smoke } from "./smoke.ts";
import { takeBackComposition } from "./take-back.ts";
import { StepLog } from "./step-log.ts";
import { endDeploymentLease, patchDeployment, queuedReleases } from "./store.ts";
import type { ObservedRelease, Target } from "./targets/target.ts";

/** What carrying out a deployment works with. */
export interface DeploymentContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
  /** Keeps the leases of what this process works at. */
  readonly leases: LeaseKeeper;
  readonly repository: HostRepository;
  readonly environments: Environments;
  /** Names this worker in leases. */
  readonly holder: string;
  readonly logger: Logger;
}

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
    if (lost.signal.aborted || isLost(error)) return;
    lease.abandon();
    throw error;
  } finally {
    lease.release();
  }
}

/** What the holder of one deployment works with. */
interface HolderContext extends DeploymentContext {
  readonly lease: KeptLease;
}

async function toItsEnd(context: HolderContext, held: HeldDeployment, steps: StepLog, { stopping, lost }: { readonly stopping: AbortSignal; readonly lost: AbortSignal }): Promise<void> {
  try {
    await carryOut(context, held, steps, AbortSignal.any([stopping, lost]));
    await recordSuccess(context, held, steps.steps);
    endWorkSpan("success");
  } catch (error) {
    if (lost.aborted || isLost(error)) throw error;
    await handleFailure(context, held, steps, error, stopping);
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

function isLost(error: unknown): boolean {
  return error instanceof ModyardError && error.code === "lease_lost";
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
  await steps.run("smoke", () => smokeNewRelease(held, environment, started, signal));
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
    if (signal.aborted || isLost(error) || isDatabaseGone(error)) throw error;
    logger.warn({ err: error }, "the former release could not be stopped; the recovery stops it");
  }
}

/** An earlier holder was lost after the switch: the release has the traffic, and what goes wrong with it from now on is no failed start. */
function wasSwitched({ release, previous }: HeldDeployment): boolean {
  return release.status === "active" && previous?.id !== release.id;
}

async function smokeNewRelease(held: HeldDeployment, environment: Environment, started: ObservedRelease, signal: AbortSignal): Promise<void> {
  const { release } = held;
  const server = release.surfaces.find((surface) => surface.name === "server");
  const outcome = await smoke({
    address: started.address ?? "",
    healthPath: server?.health ?? "/health",
    modulesHealthPath: server?.modulesHealth ?? "/health/modules",
    expected: {
      buildId: toPublicId("bld", release.buildId),
      releaseId: release.id,
      modules: release.composition.modules.map(({ slug, version }) => ({ slug, version })),
    },
    timeoutSeconds: environment.settings.startTimeoutSeconds,
    observe: () => environment.target.check(release.id),
    signal,
  });
  if (!outcome.ok) throw new ModyardError(outcome.problems);
}

async function handleFailure(context: HolderContext, held: HeldDeployment, steps: StepLog, error: unknown, signal: AbortSignal): Promise<void> {
  // Nothing is known to be wrong with the release: the next worker goes on when the database is back.
  if (isDatabaseGone(error)) throw error;
  // This worker is being stopped: the lease ends at once, and the next worker goes on from what it finds.
  if (signal.aborted) {
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
    if (isLost(error)) throw error;
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
    if (isLost(error)) throw error;
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
