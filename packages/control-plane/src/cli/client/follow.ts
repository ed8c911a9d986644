import { setTimeout as sleep } from "node:timers/promises";
import type { Build, Deployment, DeploymentDetails } from "../../client/index.ts";
import { withPatience } from "./patience.ts";
import { mayPassForReaders } from "./server-problems.ts";
import type { Progress } from "./progress.ts";
import type { Session } from "./session.ts";
import { StepWatch } from "./step-watch.ts";

const pollMs = 250;

/** Whether nothing more can happen to it. */
export function isOver({ status }: { readonly status: string }): boolean {
  return status !== "queued" && status !== "running" && !isWaiting({ status });
}

/** Whether a second person has to approve it: nobody knows when. */
export function isWaiting({ status }: { readonly status: string }): boolean {
  return status === "waiting_approval";
}

/** Watches a build to its end, through restarts of the server. */
export async function followBuild(session: Session, id: string, signal: AbortSignal): Promise<Build> {
  const watch = new StepWatch(session.progress);
  let attempt = 0;
  return poll(session, () => session.api.getBuild({ path: { id }, signal }), signal, (build) => {
    if (attempt > 0 && build.attempt > attempt) session.progress.note(`the build begins again (attempt ${build.attempt})`);
    attempt = build.attempt;
    watch.show(build.steps ?? [], build, String(build.attempt));
  });
}

/** Watches a deployment to its end, or until it has to be approved. */
export async function followDeployment(session: Session, id: string, signal: AbortSignal): Promise<DeploymentDetails> {
  const watch = new StepWatch(session.progress);
  return poll(session, () => session.api.getDeployment({ path: { id }, signal }), signal, (deployment) => {
    watch.show(deployment.steps, { status: deployment.status });
  });
}

/** The deployment that a build brought about by itself in the environment; undefined when that had the same program already. */
export async function deploymentOf(session: Session, build: Build, environment: string, signal: AbortSignal): Promise<Deployment | undefined> {
  const query = { build_id: build.build_id, environment, limit: 1 };
  const { deployments } = await withPatience(() => session.api.listDeployments({ query, signal }), session.progress, signal);
  return deployments[0];
}

async function poll<T extends { readonly status: string }>({ progress }: { readonly progress: Progress }, read: () => Promise<T>, signal: AbortSignal, show: (value: T) => void): Promise<T> {
  try {
    for (;;) {
      const value = await withPatience(read, progress, signal, mayPassForReaders);
      show(value);
      if (isOver(value) || isWaiting(value)) return value;
      await sleep(pollMs, undefined, { signal });
    }
  } finally {
    progress.end();
  }
}
