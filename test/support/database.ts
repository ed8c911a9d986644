import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Insertable } from "kysely";
import { pino } from "pino";
import type { BuildsTable } from "../../packages/control-plane/src/database/tables.ts";
import { insertBuild, type Build } from "../../packages/control-plane/src/build/store.ts";
import type { Composition } from "../../packages/control-plane/src/composition/composition.ts";
import { openDatabase, type DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { startEmbeddedServer } from "../../packages/control-plane/src/database/embedded/server.ts";
import { newUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";

/** A real, empty, migrated PostgreSQL of this test file's own. */
export interface TestDatabase {
  readonly handle: DatabaseHandle;
  close(): Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-db-"));
  // PostgreSQL runs as another user where tests run as root.
  await chmod(directory, 0o755);
  const server = await startEmbeddedServer(directory);
  const handle = openDatabase(server.connection, pino({ level: "silent" }));
  const close = async (): Promise<void> => {
    await handle.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await migrate(handle.db);
  } catch (error) {
    await close();
    throw error;
  }
  return { handle, close };
}

/** A composition without modules. */
export const emptyComposition: Composition = { app: "app", manifestHash: "0", modules: [], defaultEnabled: [] };

/** A build row with what every build has; queued unless said otherwise. */
export function storeBuild({ db }: DatabaseHandle, values: Partial<Insertable<BuildsTable>> = {}): Promise<Build> {
  return insertBuild(db, {
    id: newUuid(),
    status: "queued",
    stage: "pending",
    profile: "monolith",
    manifestRef: "main",
    manifestHash: "0",
    change: "{}",
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
