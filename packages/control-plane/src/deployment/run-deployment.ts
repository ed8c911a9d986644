import type { Logger } from "pino";
import { fail, ModyardError, problem } from "../errors/problem.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { isDatabaseGone } from "../database/problems.ts";
import type { StoredFailure } from "../database/tables.ts";
import type { JobQueue } from "../jobs/queue.ts";
import type { HostRepository } from "../build/host/repository.ts";
import { describeRun, type Environment } from "./environment.ts";
import type { Environments } from "./environments.ts";
import { observeRelease } from "./observe.ts";
import { beginDeployment, recordActivation, recordFailure, recordSuccess, type BeginOutcome, type HeldDeployment } from "./record.ts";
import { smoke } from "./smoke.ts";
import { takeBackComposition } from "./take-back.ts";
import { StepLog } from "./step-log.ts";
import { endDeploymentLease, extendDeploymentLease, patchDeployment, queuedReleases } from "./store.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { ObservedRelease, Target } from "./targets/target.ts";

/** What carrying out a deployment works with. */
export interface DeploymentContext {
  readonly handle: DatabaseHandle;
  readonly jobs: JobQueue;
  readonly repository: HostRepository;
  readonly environments: Environments;
  /** Names this worker in leases. */
  readonly holder: string;
  readonly logger: Logger;
}

const maxHolders = 5;

/**
 * Carries out one deployment: start beside, smoke, switch, observe, retire. Called again after a crash it goes
 * on from what the environment reports, because every call to the target is idempotent.
 */
export async function runDeployment(context: DeploymentContext, id: string, signal: AbortSignal): Promise<void> {
  const begun = await beginWhenFree(context, id, signal);
  if (begun.kind !== "held") return;
  const { held } = begun;
  const lost = new AbortController();
  const heartbeat = setInterval(() => void beat(context, held, lost), 2_000);
  const steps = new StepLog((list) => patchDeployment(context.handle.db, held.deployment.id, { steps: JSON.stringify(list) }, held.deployment));
  try {
    await carryOut(context, held, steps, AbortSignal.any([signal, lost.signal]));
    await recordSuccess(context.handle, held, steps.steps);
  } catch (error) {
    // The present holder goes on with it.
    if (lost.signal.aborted) return;
    await handleFailure(context, held, steps, error, signal);
  } finally {
    clearInterval(heartbeat);
  }
}

async function beginWhenFree(context: DeploymentContext, id: string, signal: AbortSignal): Promise<BeginOutcome> {
  for (;;) {
    const outcome = await beginDeployment(context.handle, id, context.holder);
    if (outcome.kind !== "busy") return outcome;
    await sleep(50, undefined, { signal });
  }
}

async function carryOut(context: DeploymentContext, held: HeldDeployment, steps: StepLog, signal: AbortSignal): Promise<void> {
  const { deployment, release, previous } = held;
  if (deployment.attempt > maxHolders) fail("deployment_interrupted", `the deployment of ${release.id} lost its worker ${maxHolders} times`);
  const environment = await context.environments.get(release.environment);
  const { target, settings } = environment;
  const run = describeRun(environment, release);
  await steps.run("prepare", () => target.prepare(run));
  const started = await steps.run("start", () => target.start(run));
  await steps.run("smoke", () => smokeNewRelease(held, environment, started, signal));
  signal.throwIfAborted();
  await steps.run("switch", async () => {
    await target.switch(release.id, settings.drainTimeoutSeconds);
    await recordActivation(context.handle, held);
  });
  const isAwaited = async (): Promise<boolean> => (await queuedReleases(context.handle.db, release.environment)).length > 0;
  // After a way back nothing would follow from an observation: there is one automatic rollback, not a chain of them.
  if (held.deployment.kind === "deploy") await steps.run("observe", () => observeRelease({ environment, run, started, isAwaited, signal }));
  if (previous === undefined || previous.id === release.id) return;
  // Whoever waits to go back to it finds it running.
  if ((await queuedReleases(context.handle.db, release.environment)).includes(previous.id)) return;
  await steps.run("retire", () => target.stop(previous.id));
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

async function handleFailure(context: DeploymentContext, held: HeldDeployment, steps: StepLog, error: unknown, signal: AbortSignal): Promise<void> {
  if (error instanceof ModyardError && error.code === "lease_lost") return;
  // Nothing is known to be wrong with the release: the next worker goes on when the lease has run out.
  if (isDatabaseGone(error)) throw error;
  // This worker is being stopped: the lease ends at once, and the next worker goes on from what it finds.
  if (signal.aborted) {
    await endDeploymentLease(context.handle.db, held.deployment.id, held.deployment);
    throw error;
  }
  const { release, previous } = held;
  context.logger.warn({ err: error, release: release.id, step: steps.current }, "a deployment failed");
  const target = await targetOf(context, release.environment);
  const afterSwitch = steps.current === "observe";
  const goBackTo = afterSwitch && held.deployment.kind !== "auto_rollback" && previous?.id !== release.id ? previous : undefined;
  const failure = await sayTakenBack(context, held, await describeFailure(target, held, steps.current, error));
  await recordFailure(context.handle, context.jobs, held, failure, steps.steps, goBackTo);
  if (!afterSwitch && steps.current !== "retire") await target?.stop(release.id).catch((cause: unknown) => context.logger.warn({ err: cause }, "the failed release could not be stopped"));
}

/** Takes the change back from the branch, and says so where the reader looks for what to do. */
async function sayTakenBack(context: DeploymentContext, held: HeldDeployment, failure: StoredFailure): Promise<StoredFailure> {
  const [first, ...rest] = failure.problems;
  if (first === undefined) return failure;
  try {
    const branch = await takeBackComposition(context, held, first);
    if (branch === undefined) return failure;
    return { ...failure, problems: [{ ...first, hint: `${first.hint} The change was taken back from ${branch}; ask for it again when it is mended.` }, ...rest] };
  } catch (error) {
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

async function beat(context: DeploymentContext, held: HeldDeployment, lost: AbortController): Promise<void> {
  try {
    if (!(await extendDeploymentLease(context.handle.db, held.deployment.id, held.deployment))) lost.abort(new Error("the lease is lost"));
  } catch (error) {
    context.logger.warn({ err: error }, "a deployment's heartbeat failed");
  }
}
