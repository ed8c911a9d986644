import { pino } from "pino";
import type { Config } from "./config/config.ts";
import { prepareDataDirectory } from "./config/data-directory.ts";
import { openDatabase } from "./database/connection.ts";
import { migrate, type MigrationOutcome } from "./database/migrate.ts";
import { openServer } from "./database/open-server.ts";
import { readSchemaState, type SchemaState } from "./database/schema-state.ts";
import { openJobQueue } from "./jobs/queue.ts";

/** What `modyard migrate` works with: the database alone, without host, worker or API. */
export interface DatabaseMigrator {
  state(): Promise<SchemaState>;
  /** Brings the tables and the job queue's to this version. */
  up(): Promise<MigrationOutcome>;
  /** Ends the embedded server too, unless others use it. */
  close(): Promise<void>;
}

/** Opens the database of these settings: the operator's own, or the embedded one of the data directory. What fails leaves nothing open. */
export async function openMigrator(config: Config): Promise<DatabaseMigrator> {
  const opened = new AsyncDisposableStack();
  try {
    const logger = pino({ level: "silent" });
    if (config.databaseUrl === undefined) prepareDataDirectory(config.dataDirectory);
    const connection = await openServer(config, logger, opened);
    const handle = openDatabase(connection, logger);
    opened.defer(() => handle.close());
    return {
      state: () => readSchemaState(handle.db),
      up: async () => {
        const outcome = await migrate(handle.db);
        // The queue brings its own tables when it opens.
        await (await openJobQueue(connection, logger)).stop();
        return outcome;
      },
      close: () => opened.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
