import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { provideSetupLink } from "./access/sign-in/setup.ts";
import { listen } from "./api/listen.ts";
import { buildApi } from "./api/server.ts";
import type { Config } from "./config/config.ts";
import { openControlPlane } from "./control-plane.ts";
import { anchorsFile } from "./journal/anchor.ts";
import { keepAnchors } from "./journal/keep-anchors.ts";
import { startWork } from "./worker-process.ts";
import { allWork, type WorkKinds } from "./worker.ts";

/** A running server: API, and a worker in the same process. */
export interface RunningServer {
  /** Where the API answers, e.g. `http://127.0.0.1:4600`. */
  readonly url: string;
  readonly tokenFile: string;
  /** By which the first owner comes in, once; undefined when there is one. To be shown to who starts this, and to nobody else. */
  readonly setupUrl: string | undefined;
  /** Hands back work, stops answering and closes everything. Applications run on. */
  stop(): Promise<void>;
}

/**
 * Starts everything that `modyard serve` is. `work`: what the worker in this process does; without
 * any it is an API alone. What fails leaves nothing open.
 */
export async function startServer(config: Config, logger: Logger, work: WorkKinds = allWork): Promise<RunningServer> {
  const opened = new AsyncDisposableStack();
  try {
    const { url, tokenFile, setupUrl } = await start(config, logger, work, opened);
    logger.info({ url }, "modyard is ready");
    return { url, tokenFile, setupUrl, stop: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** What is started last is stopped first: no work is taken any more when the API and the database go. */
async function start(config: Config, logger: Logger, work: WorkKinds, opened: AsyncDisposableStack): Promise<Omit<RunningServer, "stop">> {
  const plane = await openControlPlane(config, logger);
  opened.defer(() => plane.close());
  const api = await buildApi(plane);
  opened.defer(() => closeApi(api));
  const anchors = await keepAnchors({ handle: plane.handle, logger, file: anchorsFile(config.dataDirectory) });
  opened.defer(() => anchors.stop());
  const url = await listen(api, config.listen, { host: "--bind", port: "--port" });
  if (work.builds || work.deployments) await startWork(plane, work, opened);
  const link = await provideSetupLink(plane.handle);
  const setupUrl = link === undefined ? undefined : `${config.signIn.publicUrl ?? url}/setup?token=${link.token}`;
  return { url, tokenFile: plane.tokenFile, setupUrl };
}

/** Requests under way get their answer, unless they take too long. */
async function closeApi(api: FastifyInstance): Promise<void> {
  const force = setTimeout(() => api.server.closeAllConnections(), closingMs);
  try {
    await api.close();
  } finally {
    clearTimeout(force);
  }
}

const closingMs = 3_000;
