import type { Logger } from "pino";
import type { BuildContext } from "./build/context.ts";
import { requestersOf } from "./build/requests-store.ts";
import { runBuild } from "./build/runner.ts";
import type { Build } from "./build/store.ts";
import type { Executor } from "./database/connection.ts";
import { toPublicId } from "./database/identifiers.ts";
import { onBehalfOf } from "./journal/behind.ts";
import { askerOf } from "./journal/asker.ts";
import { assertReleasable } from "./release/cut.ts";
import { findActiveRelease } from "./release/store.ts";
import { requestDeployment } from "./deployment/request.ts";
import type { DeploymentContext } from "./deployment/context.ts";
import { runDeployment } from "./deployment/run-deployment.ts";

/** What a worker works with. */
export interface WorkerContext extends BuildContext, DeploymentContext {
  readonly logger: Logger;
}

/** Which kinds of work a worker takes. */
export interface WorkKinds {
  readonly builds: boolean;
  readonly deployments: boolean;
}

export const allWork: WorkKinds = { builds: true, deployments: true };

/** A running worker. */
export interface Worker {
  /** Stops taking work and hands back what is under way. */
  stop(): void;
}

const deploymentsAtOnce = 4;

/** Takes builds one at a time and deployments of several environments at once from the queue. */
export async function startWorker(context: WorkerContext, kinds: WorkKinds = allWork): Promise<Worker> {
  const stopping = new AbortController();
  const { signal } = stopping;
  if (kinds.builds) {
    await context.jobs.work("build", 1, async (id) => {
      refuseWhenStopping(signal);
      await onBehalfOf(context.handle.db, toPublicId("bld", id), () => runBuild(context, id, signal, (trx, build) => deployAfterBuild(context, trx, build)));
    });
  }
  if (kinds.deployments) {
    await context.jobs.work("deployment", deploymentsAtOnce, async (id) => {
      refuseWhenStopping(signal);
      await onBehalfOf(context.handle.db, toPublicId("dpl", id), () => runDeployment(context, id, signal));
    });
  }
  return { stop: () => stopping.abort(new Error("the worker is being stopped")) };
}

/** A job that arrives now must stay in the queue: ending it well would lose it. */
function refuseWhenStopping(signal: AbortSignal): void {
  signal.throwIfAborted();
}

/** A build that was asked to be deployed is, unless its artifact and composition have the environment already. */
async function deployAfterBuild(context: WorkerContext, trx: Executor, build: Build): Promise<void> {
  if (build.deployTo === null) return;
  const active = await findActiveRelease(trx, build.deployTo);
  if (active?.buildId === build.id) return;
  const { surfaces } = await context.reader.hostAt(assertReleasable(build).resultCommit);
  const request = { build, environment: build.deployTo, surfaces, actor: askerOf(build), requestedBy: build.requestedBy, requesters: await requestersOf(trx, build.id), reason: build.reason };
  await requestDeployment(trx, context.jobs, request);
}
