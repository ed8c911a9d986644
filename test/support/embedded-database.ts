import { rmSync } from "node:fs";
import { openDatabase, type DatabaseHandle } from "../../packages/control-plane/src/database/connection.ts";
import { startEmbeddedServer, type EmbeddedServer } from "../../packages/control-plane/src/database/embedded/server.ts";
import { migrate } from "../../packages/control-plane/src/database/migrate.ts";
import { quiet } from "./databases.ts";
import { openDirectory } from "./directory.ts";

export { quiet } from "./databases.ts";
export { openDirectory } from "./directory.ts";

/** An embedded server with a migrated database, for what concerns the embedded server itself; other tests run on `databases`. */
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
