import type { Executor } from "../database/connection.ts";
import { findActiveRelease, findRelease, type Release } from "../release/store.ts";

/** What decides whether a deployment that waited still does what was meant. */
export interface StalenessFacts {
  /** What would be deployed. */
  readonly release: Release;
  /** What the environment had when it was asked for. */
  readonly before: Release | undefined;
  /** What the environment has now, or is on its way to. */
  readonly now: Release | undefined;
}

/**
 * Pure: why the deployment no longer does what was meant when it was asked for; undefined when it does. That deployments asked for before it
 * went live meanwhile is as it should be.
 */
export function judgeStaleness({ release, before, now }: StalenessFacts): string | undefined {
  if (now === undefined || now.id === before?.id) return undefined;
  if (isLater(now, release)) return `${now.id} was asked for after ${release.id} and came first: ${release.environment} would go back to an older composition`;
  if (before !== undefined && isLater(before, now)) return `${release.environment} went back from ${before.id} to ${now.id} after ${release.id} was asked for`;
  return undefined;
}

function isLater(one: Release, other: Release): boolean {
  return one.createdAt.getTime() > other.createdAt.getTime();
}

/** As `judgeStaleness`, of a release that waits. */
export async function findStaleness(db: Executor, release: Release): Promise<string | undefined> {
  const before = release.previousReleaseId === null ? undefined : await findRelease(db, release.previousReleaseId);
  return judgeStaleness({ release, before, now: await arriving(db, release.environment) });
}

/** What runs when the deployments that go before any other are done: the one under way, and ways back. */
async function arriving(db: Executor, environment: string): Promise<Release | undefined> {
  const select = db.selectFrom("deployments").select("releaseId").where("environment", "=", environment);
  const ahead = select.where((eb) => eb.or([eb("status", "=", "running"), eb.and([eb("status", "=", "queued"), eb("kind", "!=", "deploy")])]));
  const row = await ahead.orderBy("id", "desc").limit(1).executeTakeFirst();
  return row === undefined ? findActiveRelease(db, environment) : findRelease(db, row.releaseId);
}
