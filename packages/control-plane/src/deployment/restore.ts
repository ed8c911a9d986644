import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../database/connection.ts";
import { isLeaseLost } from "../jobs/leases/lost.ts";
import { appendJournal, type JournalAction } from "../journal/journal.ts";
import { findActiveRelease, type Release } from "../release/store.ts";
import { describeRun, type Environment } from "./environment.ts";
import { lockEnvironment } from "./environment-queue.ts";
import { recordRestarts } from "./restarts.ts";
import { isDeploying, queuedReleases } from "./store.ts";
import type { Observation } from "./targets/target.ts";

export interface RestoreContext {
  readonly handle: DatabaseHandle;
  readonly logger: Logger;
}

/**
 * Brings an environment back to what the records say, after its gateway or the machine was lost: the active release has the traffic,
 * and nothing else runs. To look at it already starts a gateway that is gone, which takes over what runs.
 * What differs is journalled once, whatever becomes of it.
 */
export async function restoreEnvironment(context: RestoreContext, environment: Environment): Promise<void> {
  const { name } = environment.settings;
  const wanted = await findActiveRelease(context.handle.db, name);
  if (wanted === undefined) return;
  try {
    const observed = await environment.target.observe();
    await recordRestarts(context.handle, name, observed);
    if (isAsWanted(observed, wanted)) return;
    const claim = await claimEnvironment(context.handle, name);
    if (claim !== undefined) await mend(context, environment, claim);
  } catch (error) {
    if (isLeaseLost(error)) return; // A deployment has begun: it knows better.
    await recordTrouble(context, name, wanted, error);
    throw error;
  }
}

interface Claim {
  readonly wanted: Release;
  /** Newer than all leases before: a deployment that begins meanwhile has a newer one, and drives on undisturbed. */
  readonly fence: number;
}

/** Undefined while deployments of the environment run or wait: these change it, and this must not. */
async function claimEnvironment({ db }: DatabaseHandle, name: string): Promise<Claim | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockEnvironment(trx, name);
    const wanted = await findActiveRelease(trx, name);
    if (wanted === undefined || (await isDeploying(trx, name)) || (await queuedReleases(trx, name)).length > 0) return undefined;
    const { rows } = await sql<{ token: number }>`select nextval('lease_tokens') as token`.execute(trx);
    return { wanted, fence: rows[0]?.token ?? 0 };
  });
}

async function mend(context: RestoreContext, environment: Environment, { wanted, fence }: Claim): Promise<void> {
  const { target, settings } = environment;
  const observed = await target.observe();
  if (observed.activeReleaseId !== wanted.id) {
    context.logger.warn({ environment: settings.name, release: wanted.id }, "the environment does not run its active release; starting it again");
    const run = describeRun(environment, wanted);
    await target.prepare(run, fence);
    await target.start(run, fence);
    await untilRunning(environment, wanted.id);
    await target.switch(wanted.id, settings.drainTimeoutSeconds, fence);
    const found = observed.activeReleaseId === undefined ? "no release had the traffic" : `${observed.activeReleaseId} had the traffic`;
    await tell(context, settings.name, "environment.restored", found, { releaseId: wanted.id, found: observed.activeReleaseId ?? null });
  }
  for (const releaseId of leftovers(await target.observe(), wanted)) {
    await target.stop(releaseId, fence);
    await tell(context, settings.name, "environment.restored", `${releaseId} ran although nobody deploys it`, { releaseId });
  }
}

/** A release takes a moment from its start to its first connection; the next turn tries one that takes longer again. */
async function untilRunning({ target, settings }: Environment, releaseId: string): Promise<void> {
  const deadline = Date.now() + settings.startTimeoutSeconds * 1000;
  while ((await target.check(releaseId)).status === "starting" && Date.now() < deadline) await sleep(50);
}

function isAsWanted(observed: Observation, wanted: Release): boolean {
  return observed.activeReleaseId === wanted.id && leftovers(observed, wanted).length === 0;
}

/** Releases that run although they should not: what a killed worker left behind. */
function leftovers(observed: Observation, wanted: Release): readonly string[] {
  const running = observed.releases.filter(({ status }) => ["starting", "running", "backing_off"].includes(status));
  return running.map(({ releaseId }) => releaseId).filter((id) => id !== wanted.id && id !== observed.activeReleaseId);
}

/** One entry for a trouble that lasts. */
async function recordTrouble(context: RestoreContext, name: string, wanted: Release, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const actions: readonly JournalAction[] = ["environment.restored", "environment.not_restored"];
  const last = await context.handle.db.selectFrom("journal").select(["action", "reason"]).where("subjectId", "=", name).where("action", "in", actions).orderBy("id", "desc").limit(1).executeTakeFirst();
  if (last?.action === "environment.not_restored" && last.reason === reason) return;
  await tell(context, name, "environment.not_restored", reason, { releaseId: wanted.id });
}

async function tell({ handle }: RestoreContext, environment: string, action: JournalAction, reason: string, details: Readonly<Record<string, unknown>>): Promise<void> {
  await handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "modyard", action, subjectType: "environment", subjectId: environment, reason, details }));
}
