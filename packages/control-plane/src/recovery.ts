import { setTimeout as sleep } from "node:timers/promises";
import { sweepOrphans } from "./build/orphans/sweep.ts";
import type { ControlPlane } from "./control-plane.ts";
import { withTryLock } from "./database/locks.ts";
import type { Environment } from "./deployment/environment.ts";
import { expireWaiting } from "./deployment/end-waiting.ts";
import { ownsEnvironment, seeEnvironment } from "./deployment/ownership.ts";
import { restoreEnvironment } from "./deployment/restore.ts";
import { settleBranches } from "./deployment/settle-branch.ts";
import { endLeasesOfTheDead } from "./jobs/dead-holders.ts";
import { resendJobs } from "./jobs/resend.ts";

const intervalMs = 3_000;
const stoppingMs = 3_000;

/** A queued row whose job was lost is noticed after this. */
const queuedSeconds = 10;

/** A running recovery. */
export interface Recovery {
  /** Waits a moment for what is under way. */
  stop(): Promise<void>;
}

/**
 * Compares what should be with what is, on start and again and again: work without a holder, environments without their release.
 * Of many processes one does it at a time; `environments`: whether this one drives them. Work and environments do not wait for each other, nor for a host that cannot be reached.
 */
export async function startRecovery(plane: ControlPlane, options: { readonly environments: boolean } = { environments: true }): Promise<Recovery> {
  const parts = [singleFlight(plane, "work without a holder", (first) => recoverWork(plane, first ? 0 : queuedSeconds)), singleFlight(plane, "what lost workers left behind", () => sweepOrphans(plane)), singleFlight(plane, "what was not approved", () => recoverApprovals(plane))];
  if (options.environments) parts.push(singleFlight(plane, "the environments", () => recoverEnvironments(plane, plane.environments.owner)));
  const turn = (first: boolean): Promise<unknown> => Promise.all(parts.map((part) => part.run(first)));
  await turn(true);
  const timer = setInterval(() => void turn(false), intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.race([Promise.all(parts.map((part) => part.current())), sleep(stoppingMs, undefined, { ref: false })]);
    },
  };
}

type Work = (first: boolean) => Promise<void>;

interface Part {
  readonly run: Work;
  /** What is under way, if anything is. */
  current(): Promise<void> | undefined;
}

/** Whoever asks while it is at work waits for that. What goes wrong is told once, and tried again. */
function singleFlight({ logger }: ControlPlane, what: string, work: Work): Part {
  let current: Promise<void> | undefined;
  let told = "";
  const complain = (error: unknown): void => {
    const message = String(error);
    if (message !== told) logger.warn({ err: error }, `${what} could not be recovered; it is tried again`);
    told = message;
  };
  const run: Work = (first) => (current ??= work(first).then(() => void (told = ""), complain).finally(() => (current = undefined)));
  return { run, current: () => current };
}

async function recoverWork(plane: ControlPlane, age: number): Promise<void> {
  await withTryLock(plane.handle, "recovery of work", async () => {
    await endLeasesOfTheDead(plane);
    await resendJobs(plane, age);
  });
}

async function recoverApprovals(plane: ControlPlane): Promise<void> {
  await withTryLock(plane.handle, "recovery of approvals", async () => {
    await expireWaiting(plane.handle, plane.config.approvalDays);
    await settleBranches(plane);
  });
}

async function recoverEnvironments(plane: ControlPlane, owner: string): Promise<void> {
  await withTryLock(plane.handle, `recovery of environments ${owner}`, async () => {
    const environments = await plane.environments.list();
    const outcomes = await Promise.allSettled(environments.map((each) => recoverEnvironment(plane, owner, each)));
    const reasons = outcomes.flatMap((each): unknown[] => (each.status === "rejected" ? [each.reason] : []));
    if (reasons.length > 0) throw new AggregateError(reasons, reasons.map(String).join("; "));
  });
}

async function recoverEnvironment({ handle, logger }: ControlPlane, owner: string, environment: Environment): Promise<void> {
  const { name } = environment.settings;
  if (!(await ownsEnvironment(handle.db, name, owner))) return;
  await seeEnvironment(handle.db, name, owner);
  await restoreEnvironment({ handle, logger }, environment);
}
