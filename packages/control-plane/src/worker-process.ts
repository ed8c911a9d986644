import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { sandboxCapabilities } from "./build/sandbox/capabilities.ts";
import type { Config } from "./config/config.ts";
import { prepareDataDirectory } from "./config/data-directory.ts";
import { version } from "./config/version.ts";
import { openControlPlane, type ControlPlane } from "./control-plane.ts";
import { sandboxAbility } from "./deployment/gateway/sandbox/ability.ts";
import { webhookContext } from "./api/webhook-context.ts";
import { openWorkerAddress } from "./api/worker-address.ts";
import type { DatabaseHandle } from "./database/connection.ts";
import { isDatabaseGone } from "./database/problems.ts";
import { startWebhooks } from "./events/webhooks/dispatcher.ts";
import { startRecovery } from "./recovery.ts";
import { startRetention } from "./retention/schedule.ts";
import { startWorker, type WorkKinds } from "./worker.ts";

/** A running `modyard worker`. */
export interface RunningWorker {
  /** Names it in leases. */
  readonly holder: string;
  readonly kinds: WorkKinds;
  /** Where it tells about itself, if it was told to. */
  readonly metricsUrl: string | undefined;
  /** Hands back work and closes everything. Applications run on. */
  stop(): Promise<void>;
}

/** Starts everything that `modyard worker` is, once the database answers. `signal` ends the waiting for it. What fails leaves nothing open. */
export async function startWorkerProcess(config: Config, logger: Logger, kinds: WorkKinds, signal: AbortSignal): Promise<RunningWorker> {
  const opened = new AsyncDisposableStack();
  try {
    let plane: ControlPlane | undefined;
    // Before the database is there: who looks after the process must not take the waiting for it for an end.
    const metricsUrl = await tell(config, logger, opened, () => plane?.handle);
    plane = await openWhenThere(config, logger, signal);
    opened.adopt(plane, (each) => each.close());
    await startWork(plane, kinds, opened);
    logger.info({ holder: config.holder, ...kinds }, "the worker is ready");
    return { holder: config.holder, kinds, metricsUrl, stop: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Tells at the address that the settings name, if any; the URL. */
async function tell({ metricsListen: at, dataDirectory }: Config, logger: Logger, opened: AsyncDisposableStack, database: () => DatabaseHandle | undefined): Promise<string | undefined> {
  if (at === undefined) return undefined;
  prepareDataDirectory(dataDirectory);
  const { url } = opened.adopt(await openWorkerAddress(at, { logger, dataDirectory, version, database }), (address) => address.stop());
  logger.info({ url }, "the worker tells about itself");
  return url;
}

/** Takes work, and looks after what was lost: in every process that works, for none of them may be the last. */
export async function startWork(plane: ControlPlane, kinds: WorkKinds, opened: AsyncDisposableStack): Promise<void> {
  if (kinds.builds) await warnOfThinSandbox(plane.logger);
  if (kinds.deployments) await warnOfFreeApplications(plane.logger, plane.config);
  const worker = await startWorker(plane, kinds);
  opened.defer(() => worker.stop());
  const recovery = await startRecovery(plane, { environments: kinds.deployments });
  opened.defer(() => recovery.stop());
  const retention = startRetention(plane.retention);
  opened.defer(() => retention.stop());
  const webhooks = startWebhooks(webhookContext(plane));
  opened.defer(() => webhooks.stop());
}

/**
 * What a worker does that was not told: everything where the environments are, which is with the embedded database and where
 * a server or an earlier worker kept them; elsewhere builds only, since their gateways and applications run on another machine.
 */
export function usualWork({ databaseUrl, dataDirectory }: Config): WorkKinds {
  return { builds: true, deployments: databaseUrl === undefined || existsSync(join(dataDirectory, "environments")) };
}

const longestPauseMs = 15_000;

/** A database that is away or starts later than its workers is waited for; what asking again does not mend is thrown. */
async function openWhenThere(config: Config, logger: Logger, signal: AbortSignal): Promise<ControlPlane> {
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      return await openControlPlane(config, logger, "worker");
    } catch (error) {
      if (!isDatabaseGone(error)) throw error;
      logger.warn({ err: error, pauseMs }, "the database does not answer; it is tried again");
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

async function warnOfThinSandbox(logger: Logger): Promise<void> {
  const { missing } = await sandboxCapabilities();
  if (missing.length > 0) logger.warn({ missing }, "build code is locked in less than it could be: this machine lacks parts of the sandbox");
}

async function warnOfFreeApplications(logger: Logger, { applicationDirectories }: Config): Promise<void> {
  if (applicationDirectories.includes("/")) return logger.warn("applications run without a sandbox, as MODYARD_APPLICATION_DIRECTORIES says: they see and write what this user can");
  const { namespaces, missing } = await sandboxAbility();
  if (namespaces === undefined) logger.warn({ missing }, "applications run without a sandbox, which this machine does not allow: they see and write what this user can");
  else if (missing.length > 0) logger.warn({ missing }, "applications are locked in less than they could be");
}
