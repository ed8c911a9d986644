import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { ControlPlane } from "./control-plane.ts";
import { describeRun, type Environment } from "./deployment/environment.ts";
import { isDeploying, lockEnvironment, queuedReleases } from "./deployment/store.ts";
import type { Observation, Target } from "./deployment/targets/target.ts";
import { findActiveRelease, type Release } from "./release/store.ts";

const intervalMs = 3_000;
const stoppingMs = 3_000;
/** A queued row whose job was lost is noticed after this. Its job may also only be waiting: a second one does no harm. */
const queuedSeconds = 60;

/** A running recovery. */
export interface Recovery {
  /** Waits a moment for what is under way. */
  stop(): Promise<void>;
}

/** Compares what should be with what is, on start and again and again: work without a holder, environments without their release. */
export async function startRecovery(plane: ControlPlane): Promise<Recovery> {
  let current: Promise<void> | undefined;
  const turn = (age: number): Promise<void> => {
    current ??= recover(plane, age)
      // A host that cannot be reached now must not keep the control plane from serving.
      .catch((error: unknown) => plane.logger.warn({ err: error }, "recovery failed; it is tried again"))
      .finally(() => (current = undefined));
    return current;
  };
  await turn(0);
  const timer = setInterval(() => void turn(queuedSeconds), intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.race([current, sleep(stoppingMs, undefined, { ref: false })]);
    },
  };
}

async function recover(plane: ControlPlane, age: number): Promise<void> {
  await resendJobs(plane, age);
  for (const { settings } of await plane.environments.list()) {
    try {
      await restoreEnvironment(plane, settings.name);
    } catch (error) {
      // The others are looked after all the same.
      plane.logger.warn({ err: error, environment: settings.name }, "the environment could not be restored; it is tried again");
    }
  }
}

async function resendJobs({ handle, jobs, logger }: ControlPlane, age: number): Promise<void> {
  for (const [table, job] of [["builds", "build"], ["deployments", "deployment"]] as const) {
    const waiting = sql<boolean>`(status = 'running' and lease_expires_at < now()) or (status = 'queued' and updated_at < now() - make_interval(secs => ${age}))`;
    const rows = await handle.db.selectFrom(table).select("id").where(waiting).execute();
    for (const { id } of rows) {
      logger.info({ job, id }, "work without a holder is queued again");
      await handle.db.transaction().execute(async (trx) => {
        await trx.updateTable(table).set({ updatedAt: new Date() }).where("id", "=", id).execute();
        await jobs.send(trx, job, id);
      });
    }
  }
}

/** The environment runs the release that the records call active, even after its gateway or the machine was lost. */
async function restoreEnvironment(plane: ControlPlane, name: string): Promise<void> {
  await plane.handle.db.transaction().execute(async (trx) => {
    // No deployment begins meanwhile: it would find its release stopped under its feet.
    await lockEnvironment(trx, name);
    const release = await findActiveRelease(trx, name);
    if (release === undefined || (await queuedReleases(trx, name)).length > 0 || (await isDeploying(trx, name))) return;
    const environment = await plane.environments.get(name);
    const observed = await environment.target.observe();
    if (observed.activeReleaseId === release.id) await stopLeftovers(environment.target, observed);
    else await bringBack(plane, environment, release);
  });
}

async function bringBack(plane: ControlPlane, environment: Environment, release: Release): Promise<void> {
  const { target, settings } = environment;
  plane.logger.warn({ environment: settings.name, release: release.id }, "the environment does not run its active release; starting it again");
  const run = describeRun(environment, release);
  await target.prepare(run);
  await target.start(run);
  await target.switch(release.id, settings.drainTimeoutSeconds);
}

/** Releases that run although nobody deploys them: what a killed worker left behind. */
async function stopLeftovers(target: Target, observed: Observation): Promise<void> {
  const leftovers = observed.releases.filter((each) => each.releaseId !== observed.activeReleaseId && ["starting", "running", "backing_off"].includes(each.status));
  for (const { releaseId } of leftovers) await target.stop(releaseId);
}
