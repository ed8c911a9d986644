import type { Insertable } from "kysely";
import { noChange } from "../../packages/control-plane/src/composition/change.ts";
import { insertBuild, type Build } from "../../packages/control-plane/src/build/store.ts";
import type { Composition } from "../../packages/control-plane/src/composition/composition.ts";
import type { DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { newUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import type { BuildsTable } from "../../packages/control-plane/src/database/tables.ts";

export { openTestDatabase, type TestDatabase } from "./databases.ts";

/** A composition without modules. */
export const emptyComposition: Composition = { app: "app", manifestHash: "0", modules: [], defaultEnabled: [] };

/** A build row with what every build has; queued unless said otherwise. */
export function storeBuild({ db }: DatabaseHandle, values: Partial<Insertable<BuildsTable>> = {}): Promise<Build> {
  const id = newUuid();
  return insertBuild(db, {
    id,
    status: "queued",
    stage: "pending",
    profile: "monolith",
    // One build of a branch runs at a time.
    manifestRef: `branch-${id}`,
    manifestHash: "0",
    change: JSON.stringify(noChange),
    modulesDelta: '{"added":[],"removed":[],"changed":[]}',
    requestedBy: "ada",
    reason: "test",
    ...values,
  });
}

/** A successful build: releases can be cut from it. */
export function storeSuccess(handle: DatabaseHandle, values: Partial<Insertable<BuildsTable>> = {}): Promise<Build> {
  return storeBuild(handle, { status: "success", stage: "complete", artifactDigest: "a".repeat(64), composition: JSON.stringify(emptyComposition), resultCommit: "c".repeat(40), ...values });
}
