import type { Logger } from "pino";
import { buildApi } from "./api/server.ts";
import type { Config } from "./config/config.ts";
import { openControlPlane } from "./control-plane.ts";
import { fail } from "./errors/problem.ts";
import { startRecovery } from "./recovery.ts";
import { startWorker } from "./worker.ts";

/** A running server: API, and a worker in the same process. */
export interface RunningServer {
  /** Where the API answers, e.g. `http://127.0.0.1:4600`. */
  readonly url: string;
  readonly tokenFile: string;
  /** Hands back work, stops answering and closes everything. Applications run on. */
  stop(): Promise<void>;
}

/** Starts everything that `modyard serve` is. */
export async function startServer(config: Config, logger: Logger): Promise<RunningServer> {
  const plane = await openControlPlane(config, logger);
  const api = await buildApi(plane);
  const url = await listen(api, config);
  const worker = await startWorker(plane);
  const recovery = await startRecovery(plane);
  logger.info({ url }, "modyard is ready");
  return {
    url,
    tokenFile: plane.tokenFile,
    stop: async () => {
      recovery.stop();
      worker.stop();
      await api.close();
      await plane.close();
    },
  };
}

async function listen(api: Awaited<ReturnType<typeof buildApi>>, config: Config): Promise<string> {
  try {
    return await api.listen(config.listen);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      fail("port_in_use", `another program listens on ${config.listen.host}:${config.listen.port}`, { hint: "Free the port, or give another one with --port." }, error);
    }
    throw error;
  }
}
