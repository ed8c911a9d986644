import type { Logger } from "pino";
import { provideAdminToken } from "./access/tokens/admin-token.ts";
import { openArtifactStore } from "./build/artifacts/open-store.ts";
import type { BuildLimits } from "./build/context.ts";
import { HostReader } from "./build/host/reader.ts";
import { HostRepository } from "./build/host/repository.ts";
import { logChannel } from "./build/log.ts";
import { tokenFile, type Config } from "./config/config.ts";
import { prepareDataDirectory } from "./config/data-directory.ts";
import { openDatabase, type DatabaseHandle } from "./database/connection.ts";
import { openListener, type Listener } from "./database/listener.ts";
import { assertMigrated, migrate } from "./database/migrate.ts";
import { openServer } from "./database/open-server.ts";
import { progressChannel } from "./events/build-progress.ts";
import { applicationRules } from "./deployment/application-rules.ts";
import { Environments } from "./deployment/environments.ts";
import { openLeaseKeeper } from "./jobs/leases/keeper.ts";
import { openJobQueue } from "./jobs/queue.ts";
import { journalChannel } from "./journal/journal.ts";
import type { RetentionContext } from "./retention/context.ts";
import { roomKeeper } from "./retention/room.ts";
import { startTracing } from "./telemetry/tracing/start-tracing.ts";
import { toolchainNamed } from "./toolchains/registry.ts";
import type { WorkerContext } from "./worker.ts";

/** The control plane, put together: everything that the API, a worker and the recovery need. */
export interface ControlPlane extends WorkerContext {
  readonly config: Config;
  readonly listener: Listener;
  readonly retention: RetentionContext;
  /** Where the first administrator's token is. */
  readonly tokenFile: string;
  /** Ends everything that this process holds; the embedded database too, unless others use it. Applications run on. */
  close(): Promise<void>;
}

/** Which process it is for: a worker answers nobody, so it makes no administrator's token and needs fewer connections. */
export type ProcessKind = "server" | "worker";

/** Opens the control plane: database, migrations, queue, host. Starts nothing that works by itself. What fails leaves nothing open. */
export async function openControlPlane(config: Config, logger: Logger, kind: ProcessKind = "server"): Promise<ControlPlane> {
  const opened = new AsyncDisposableStack();
  try {
    const parts = await openParts(config, logger, kind, opened);
    return { ...parts, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openParts(config: Config, logger: Logger, kind: ProcessKind, opened: AsyncDisposableStack): Promise<Omit<ControlPlane, "close">> {
  if (config.tracesEndpoint !== undefined) opened.defer(await startTracing({ endpoint: config.tracesEndpoint, instance: config.holder }, logger));
  prepareDataDirectory(config.dataDirectory);
  const connection = await openServer(config, logger, opened);
  const handle = openDatabase({ ...connection, max: connections[kind].pool }, logger);
  opened.defer(() => handle.close());
  await (config.migrate ? migrate(handle.db) : assertMigrated(handle.db));
  const leases = opened.adopt(openLeaseKeeper(connection, logger), (keeper) => keeper.stop());
  const [jobs, listener] = await all([
    openJobQueue(connection, logger, { migrate: config.migrate, connections: connections[kind].queue }).then((queue) => opened.adopt(queue, () => queue.stop())),
    openListener(connection, [journalChannel, logChannel, progressChannel], logger).then((each) => opened.adopt(each, () => each.stop())),
    kind === "server" ? provideAdminToken(handle, tokenFile(config.dataDirectory)) : undefined,
  ]);
  const host = hostParts(config);
  return {
    ...withRetention(host, handle, config, logger),
    config,
    handle,
    jobs,
    leases,
    listener,
    tokenFile: tokenFile(config.dataDirectory),
    dataDirectory: config.dataDirectory,
    pathRoots: config.pathRoots,
    limits: limitsOf(config),
    holder: config.holder,
    logger,
    secrets: [...host.secrets, ...[config.databaseUrl, config.signIn.secret, config.signIn.oidc?.clientSecret].filter((each) => each !== undefined)],
  };
}

/** At most so many per process, beside one that hears and one for heartbeats; most are opened only when they are needed. */
const connections = { server: { pool: 12, queue: 6 }, worker: { pool: 6, queue: 4 } } as const;

function limitsOf({ commandSeconds, silenceSeconds, buildMemoryBytes, buildProcesses, buildFileBytes, freeBytes }: Config): BuildLimits {
  return { commandSeconds, silenceSeconds, memoryBytes: buildMemoryBytes, processes: buildProcesses, fileBytes: buildFileBytes, freeBytes };
}

/** Like Promise.all, but a failure is told only when nothing is under way any more: what was opened meanwhile can be closed. */
async function all<T extends readonly (Promise<unknown> | undefined)[]>(promises: readonly [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return (await Promise.all(promises)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

function hostParts(config: Config) {
  const repository = new HostRepository(config.host, config.dataDirectory);
  const reader = new HostReader(repository, toolchainNamed, config.dataDirectory);
  const { artifacts, secrets } = openArtifactStore(config.dataDirectory, config.artifactSettings);
  const environments = new Environments({
    defaults: async () => (await reader.snapshot(config.branch)).host.environments,
    dataDirectory: config.dataDirectory,
    listen: config.environmentListen,
    unpack: (digest, directory) => artifacts.unpack(digest, directory),
    sandbox: applicationRules({ dataDirectory: config.dataDirectory, shown: config.applicationDirectories }, process.env),
  });
  return { repository, reader, artifacts, secrets, environments, toolchains: toolchainNamed };
}

/** The parts, and what looks after the room that they take. */
function withRetention<Parts extends Pick<RetentionContext, "artifacts" | "environments">>(parts: Parts, handle: DatabaseHandle, config: Config, logger: Logger) {
  const budget = { days: config.keepDays, bytes: config.keepBytes, releases: config.keepReleases };
  const { artifacts, environments } = parts;
  const retention: RetentionContext = { handle, artifacts, environments, dataDirectory: config.dataDirectory, budget, holder: config.holder, logger };
  return { ...parts, retention, assertRoom: roomKeeper(retention, config.freeBytes) };
}
