import DataLoader from "dataloader";
import { listRequestsOf } from "../../build/requests-store.ts";
import { listStepsOf } from "../../build/steps-store.ts";
import { findBuilds } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { eligibilities } from "../../deployment/deploy-build.ts";
import { findDeployments, newestDeployments } from "../../deployment/store.ts";
import { findActiveReleases, findReleases, releasesOfBuilds, type Release } from "../../release/store.ts";

/** Reads what nested fields ask for, all of one kind at once: the number of queries does not grow with the number of rows. */
export type Loaders = ReturnType<typeof openLoaders>;

/** For one look at the data: what was read is remembered. */
export function openLoaders(plane: ControlPlane) {
  const { db } = plane.handle;
  return {
    build: one((ids) => findBuilds(db, ids), ({ id }) => id),
    stepsOfBuild: many((ids) => listStepsOf(db, ids), ({ buildId }) => buildId),
    requestsOfBuild: many((ids) => listRequestsOf(db, ids), ({ buildId }) => buildId),
    releasesOfBuild: many((ids) => releasesOfBuilds(db, ids), ({ buildId }) => buildId),
    release: one((ids) => findReleases(db, ids), ({ id }) => id),
    activeRelease: one((environments) => findActiveReleases(db, environments), ({ environment }) => environment),
    deployment: one((ids) => findDeployments(db, ids), ({ id }) => id),
    newestDeployment: one((environments) => newestDeployments(db, environments), ({ environment }) => environment),
    environment: one(() => plane.environments.list(), ({ settings }) => settings.name),
    rollback: new DataLoader((releases: readonly Release[]) => eligibilities(plane, releases).then((all) => [...all]), { cacheKeyFn: ({ id }) => id }),
  };
}

/** By a key that at most one row has. */
function one<Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string): DataLoader<string, Row | undefined> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key));
  });
}

/** By a key that any number of rows have, in the order in which they were read. */
function many<Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (keys) => {
    const rows = Map.groupBy(await find(keys), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
}
