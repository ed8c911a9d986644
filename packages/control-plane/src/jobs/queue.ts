import { fromKysely, PgBoss } from "pg-boss";
import type pg from "pg";
import type { Logger } from "pino";
import { z } from "zod";
import type { Executor } from "../database/connection.ts";
import { databaseProblem } from "../database/problems.ts";
import { fail, ModyardError } from "../errors/problem.ts";

/** The kinds of work that workers take from the queue. A job only says *which* row; the row says everything else. */
export type JobName = "build" | "deployment";

export interface JobQueue {
  /**
   * Enqueues in the caller's transaction: the row and its job are there together or not at all.
   * A job for the row that waits already is enough: sending again changes nothing.
   */
  send(trx: Executor, name: JobName, id: string): Promise<void>;
  /**
   * Takes jobs until `stop`. A job may be delivered again after a crash, and also twice:
   * handlers take a lease on the row first and return quietly when another holds it.
   */
  work(name: JobName, concurrency: number, handler: (id: string, signal: AbortSignal) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const jobSchema = z.object({ id: z.string() });

/**
 * The queue on PostgreSQL (pg-boss). `send` wakes workers at once through LISTEN/NOTIFY.
 * Heartbeat and supervision are far below the defaults, so that a killed worker's job is delivered again within seconds.
 */
export async function openJobQueue(connection: pg.PoolConfig, logger: Logger, options: { readonly migrate: boolean } = { migrate: true }): Promise<JobQueue> {
  const boss = new PgBoss({
    ...bossConnection(connection),
    max: 6,
    schema: "jobs",
    useListenNotify: true,
    migrate: options.migrate,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  });
  boss.on("error", (error) => logger.warn({ err: error }, "the job queue lost its database for a moment"));
  await startBoss(boss, options.migrate);
  for (const name of ["build", "deployment"] as const) {
    await boss.createQueue(name, { policy: "short", notify: true, retryLimit: 5, heartbeatSeconds: 10, expireInSeconds: 6 * 3600, deleteAfterSeconds: 24 * 3600 });
  }
  return {
    send: async (trx, name, id) => {
      await boss.send(name, { id }, { singletonKey: id, db: fromKysely(trx.withoutPlugins()) });
    },
    work: async (name, concurrency, handler) => {
      await boss.work(name, { localConcurrency: concurrency, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await handler(jobSchema.parse(job.data).id, job.signal);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

async function startBoss(boss: PgBoss, migrate: boolean): Promise<void> {
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    const known = databaseProblem(error);
    if (known !== undefined) throw new ModyardError(known, { cause: error });
    if (migrate) throw error;
    fail("database_outdated", `the job queue's tables are not those of this version: ${error instanceof Error ? error.message : String(error)}`, {}, error);
  }
}

function bossConnection(connection: pg.PoolConfig): Record<string, unknown> {
  const { connectionString, host, user, database, port, password } = connection;
  return Object.fromEntries(Object.entries({ connectionString, host, user, database, port, password }).filter(([, value]) => value !== undefined));
}
