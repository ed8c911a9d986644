import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { openDatabase, type DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { startEmbeddedServer, type EmbeddedServer } from "../../packages/control-plane/src/database/embedded/server.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";

/** A logger that says nothing. */
export const quiet = pino({ level: "silent" });

/** A new directory that every user may pass through, as the embedded server needs it when the tests run as root. */
export function openDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `modyard-${name}-`));
  chmodSync(directory, 0o755);
  return directory;
}

/** An embedded server with a migrated database, for the tests of one file. */
export interface EmbeddedDatabase {
  readonly directory: string;
  readonly server: EmbeddedServer;
  readonly handle: DatabaseHandle;
  close(): Promise<void>;
}

export async function openEmbeddedDatabase(name: string): Promise<EmbeddedDatabase> {
  const directory = openDirectory(name);
  const server = await startEmbeddedServer(directory);
  const handle = openDatabase(server.connection, quiet);
  await migrate(handle.db);
  return {
    directory,
    server,
    handle,
    close: async () => {
      await handle.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
