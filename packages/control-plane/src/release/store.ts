import { sql, type Selectable, type Updateable } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { ReleasesTable } from "../database/deployment-tables.ts";
import { fail } from "../errors/problem.ts";
import { assertReleaseTransition, type ReleaseStatus } from "./states.ts";

/** A release as it is stored. */
export type Release = Omit<Selectable<ReleasesTable>, "status"> & { readonly status: ReleaseStatus };

export async function findRelease(db: Executor, id: string): Promise<Release | undefined> {
  return (await db.selectFrom("releases").selectAll().where("id", "=", id).executeTakeFirst()) as Release | undefined;
}

export async function getRelease(db: Executor, id: string): Promise<Release> {
  return (await findRelease(db, id)) ?? fail("release_not_found", `there is no release ${JSON.stringify(id)}`);
}

/** The release that gets the environment's traffic, as far as the records say. */
export async function findActiveRelease(db: Executor, environment: string): Promise<Release | undefined> {
  const row = await db.selectFrom("releases").selectAll().where("environment", "=", environment).where("status", "=", "active").executeTakeFirst();
  return row as Release | undefined;
}

/** The releases with these ids, in any order; those that are not there are left out. */
export async function findReleases(db: Executor, ids: readonly string[]): Promise<readonly Release[]> {
  return (await db.selectFrom("releases").selectAll().where("id", "in", ids).execute()) as readonly Release[];
}

/** The active releases of the environments, as far as the records say. */
export async function findActiveReleases(db: Executor, environments: readonly string[]): Promise<readonly Release[]> {
  return (await db.selectFrom("releases").selectAll().where("environment", "in", environments).where("status", "=", "active").execute()) as readonly Release[];
}

/** Every release that was made of the builds, newest first. */
export async function releasesOfBuilds(db: Executor, buildIds: readonly string[]): Promise<readonly Release[]> {
  return (await db.selectFrom("releases").selectAll().where("buildId", "in", buildIds).orderBy("createdAt", "desc").orderBy("id", "desc").execute()) as readonly Release[];
}

/** The newest releases of an environment (or of all), or those older than `before`. */
export async function listReleases(
  db: Executor,
  query: { readonly environment?: string | undefined; readonly limit: number; readonly before?: Release | undefined },
): Promise<readonly Release[]> {
  let select = db.selectFrom("releases").selectAll();
  const { before, environment } = query;
  if (environment !== undefined) select = select.where("environment", "=", environment);
  if (before !== undefined) {
    // Compared by the row itself: a JavaScript date has no microseconds and would skip releases of the same millisecond.
    select = select.where(sql<boolean>`(created_at, id) < (select earlier.created_at, earlier.id from releases earlier where earlier.id = ${before.id})`);
  }
  return (await select.orderBy("createdAt", "desc").orderBy("id", "desc").limit(query.limit).execute()) as readonly Release[];
}

/** The one setter of a release's status: checks the table of transitions under a row lock. */
export async function moveRelease(trx: Executor, id: string, to: ReleaseStatus, patch: Omit<Updateable<ReleasesTable>, "id" | "status"> = {}): Promise<Release> {
  const current = (await trx.selectFrom("releases").selectAll().where("id", "=", id).forUpdate().executeTakeFirst()) as Release | undefined;
  if (current === undefined) return fail("release_not_found", `there is no release ${id}`);
  if (current.status === to) return current;
  assertReleaseTransition(id, current.status, to);
  const update = trx.updateTable("releases").set({ ...patch, status: to, updatedAt: new Date() });
  return (await update.where("id", "=", id).returningAll().executeTakeFirstOrThrow()) as Release;
}
