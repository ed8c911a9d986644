import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Logger } from "pino";
import type { ListenAddress } from "../config/input.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { openProcessMetrics, type ProcessFacts, type ProcessMetrics } from "../telemetry/metrics/process-metrics.ts";
import { secureAnswers } from "./edge/security-headers.ts";
import { listen } from "./listen.ts";
import { rememberMethods } from "./other-methods.ts";
import { answerError, answerNotFound, answerNotHttp } from "./problem-details.ts";

/** Where a worker tells whether it is well, and what it measures of itself. */
export interface WorkerAddress {
  /** E.g. `http://127.0.0.1:9464`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** What is told, beside what the process is. */
export interface WorkerFacts extends Omit<ProcessFacts, "pool"> {
  readonly logger: Logger;
  /** Undefined: the database is still waited for. */
  readonly database: () => DatabaseHandle | undefined;
}

/**
 * Answers `/healthz`, `/readyz` and `/metrics` of a process that has no API. Nobody is asked for credentials, which a worker has none of:
 * what is told is about the process and its machine alone. Throws port_in_use, config_invalid.
 */
export async function openWorkerAddress(at: ListenAddress, facts: WorkerFacts): Promise<WorkerAddress> {
  const metrics = openProcessMetrics({ ...facts, pool: () => facts.database()?.pool });
  const app = Fastify({ loggerInstance: facts.logger as FastifyBaseLogger, logController: new LogController({ disableRequestLogging: true }), requestTimeout: 60_000, forceCloseConnections: true, clientErrorHandler: answerNotHttp });
  const methodsAt = rememberMethods(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerNotFound(request, reply, methodsAt));
  app.addHook("onClose", () => metrics.stop());
  await secureAnswers(app, { isHttps: false });
  routes(app, metrics, facts.database);
  try {
    return { url: await listen(app, at, { host: "--metrics", port: "--metrics" }), stop: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function routes(app: FastifyInstance, metrics: ProcessMetrics, database: WorkerFacts["database"]): void {
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    const { db } = database() ?? fail("database_unreachable", "the database does not answer yet");
    await sql`select 1`.execute(db);
    return { status: "ok" };
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.show()));
}
