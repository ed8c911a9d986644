import { mkdirSync } from "node:fs";
import type { PoolConfig } from "pg";
import type { Logger } from "pino";
import { startEmbeddedServer } from "./embedded/server.ts";
import { assertUsableServer } from "./server-check.ts";

/** Which database: the operator's own where `databaseUrl` says one, else the embedded one of the data directory. */
export interface DatabaseChoice {
  readonly databaseUrl?: string;
  readonly dataDirectory: string;
}

/** Finds or starts the server and says how to connect. `opened` ends the embedded one, unless others use it. Throws database_…. */
export async function openServer({ databaseUrl, dataDirectory }: DatabaseChoice, logger: Logger, opened: AsyncDisposableStack): Promise<PoolConfig> {
  if (databaseUrl !== undefined) {
    const connection = { connectionString: databaseUrl };
    await assertUsableServer(connection);
    return connection;
  }
  mkdirSync(dataDirectory, { recursive: true });
  const embedded = await startEmbeddedServer(dataDirectory, logger);
  opened.defer(() => embedded.stop());
  return embedded.connection;
}
