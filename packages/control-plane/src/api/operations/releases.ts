import type { ControlPlane } from "../../control-plane.ts";
import { eligibility, listRollbackTargets } from "../../deployment/deploy-build.ts";
import type { RollbackEligibility } from "../../deployment/rollback.ts";
import { findActiveRelease, findRelease, getRelease, listReleases, type Release } from "../../release/store.ts";
import { unknownCursor } from "../views/common.ts";
import { readPage, type Page, type PageWish } from "./page.ts";

/** A release, and whether its environment may go back to it. */
export interface JudgedRelease {
  readonly release: Release;
  readonly rollback: RollbackEligibility;
}

/** Releases, newest first; of one environment where named. */
export async function pageOfReleases(plane: ControlPlane, { limit, cursor, environment }: PageWish & { readonly environment?: string | undefined }): Promise<Page<Release>> {
  const before = await releaseAt(plane, cursor);
  return readPage(limit, (most) => listReleases(plane.handle.db, { environment, before, limit: most }), ({ id }) => id);
}

/** The releases of one environment, newest first, each with whether it may be gone back to. */
export async function pageOfRollbackTargets(plane: ControlPlane, { limit, cursor, environment }: PageWish & { readonly environment: string }): Promise<Page<JudgedRelease>> {
  const before = await releaseAt(plane, cursor);
  return readPage(limit, (most) => listRollbackTargets(plane, environment, { before, limit: most }), ({ release }) => release.id);
}

export async function readRelease(plane: ControlPlane, id: string): Promise<JudgedRelease> {
  const release = await getRelease(plane.handle.db, id);
  const active = await findActiveRelease(plane.handle.db, release.environment);
  return { release, rollback: await eligibility(plane, active, release) };
}

async function releaseAt({ handle }: ControlPlane, cursor: string | undefined): Promise<Release | undefined> {
  return cursor === undefined ? undefined : ((await findRelease(handle.db, cursor)) ?? unknownCursor(cursor));
}
