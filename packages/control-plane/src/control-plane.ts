import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PoolConfig } from "pg";
import type { Logger } from "pino";
import { provideAdminToken } from "./access/tokens.ts";
import { DirectoryArtifactStore } from "./build/artifacts/directory-store.ts";
import { HostReader } from "./build/host/reader.ts";
import { HostRepository } from "./build/host/repository.ts";
import { logChannel } from "./build/log.ts";
import { tokenFile, type Config } from "./config/config.ts";
import { openDatabase, type DatabaseHandle } from "./database/connection.ts";
import { startEmbeddedServer, type EmbeddedServer } from "./database/embedded/server.ts";
import { openListener, type Listener } from "./database/listener.ts";
import { migrate } from "./database/migrate.ts";
import { Environments } from "./deployment/environments.ts";
import { openJobQueue } from "./jobs/queue.ts";
import { journalChannel } from "./journal/journal.ts";
import { toolchainNamed } from "./toolchains/registry.ts";
import type { WorkerContext } from "./worker.ts";

/** The control plane, put together: everything that the API, a worker and the recovery need. */
export interface ControlPlane extends WorkerContext {
  readonly config: Config;
  readonly listener: Listener;
  /** Where the first administrator's token is. */
  readonly tokenFile: string;
  /** Ends everything that this process holds; the embedded database too, unless others use it. Applications run on. */
  close(): Promise<void>;
}

/** Opens the control plane: database, migrations, queue, host. Starts nothing that works by itself. */
export async function openControlPlane(config: Config, logger: Logger): Promise<ControlPlane> {
  prepareDataDirectory(config.dataDirectory);
  const embedded = config.databaseUrl === undefined ? await startEmbeddedServer(config.dataDirectory) : undefined;
  const connection: PoolConfig = config.databaseUrl === undefined ? { ...embedded?.connection } : { connectionString: config.databaseUrl };
  const handle = openDatabase(connection, logger);
  await migrate(handle.db);
  const [jobs, listener, token] = await Promise.all([
    openJobQueue(connection, logger),
    openListener(connection, [journalChannel, logChannel], logger),
    provideAdminToken(handle, tokenFile(config.dataDirectory)),
  ]);
  const parts = hostParts(config);
  return {
    ...parts,
    config,
    handle,
    jobs,
    listener,
    tokenFile: token,
    dataDirectory: config.dataDirectory,
    pathRoots: config.pathRoots,
    limits: { commandSeconds: config.commandSeconds, freeBytes: config.freeBytes },
    holder: config.holder,
    logger,
    secrets: config.databaseUrl === undefined ? [] : [config.databaseUrl],
    close: () => closeAll(jobs.stop, listener, handle, embedded),
  };
}

function hostParts(config: Config) {
  const repository = new HostRepository(config.host, config.dataDirectory);
  const reader = new HostReader(repository, toolchainNamed, config.dataDirectory);
  const artifacts = new DirectoryArtifactStore(join(config.dataDirectory, "artifacts"));
  const environments = new Environments({
    defaults: async () => (await reader.snapshot(config.branch)).host.environments,
    dataDirectory: config.dataDirectory,
    listen: config.environmentListen,
    unpack: (digest, directory) => artifacts.unpack(digest, directory),
  });
  return { repository, reader, artifacts, environments, toolchains: toolchainNamed };
}

/** The directory may lie inside somebody's repository: it keeps itself out of git. */
function prepareDataDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, ".gitignore"), "*\n");
}

async function closeAll(stopJobs: () => Promise<void>, listener: Listener, handle: DatabaseHandle, embedded: EmbeddedServer | undefined): Promise<void> {
  await stopJobs();
  await listener.stop();
  await handle.close();
  await embedded?.stop();
}
