import { fromKysely, PgBoss } from "pg-boss";
import type pg from "pg";
import type { Logger } from "pino";
import { z } from "zod";
import type { Executor } from "../database/connection.ts";
import { databaseProblem } from "../database/problems.ts";
import { fail, ModyardError } from "../errors/problem.ts";
import { plainConnection } from "./connection.ts";

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
   * handlers take a lease on the row first and return quietly when another holds it. That the queue has given the job to another,
   * because this process was busy for long, says nothing: the lease alone decides.
   */
  work(name: JobName, concurrency: number, handler: (id: string) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const jobSchema = z.object({ id: z.string() });

export interface QueueOptions {
  /** Whether the queue brings its own tables to this version. */
  readonly migrate: boolean;
  /** The most connections that it holds. */
  readonly connections?: number;
}

/**
 * The queue on PostgreSQL (pg-boss). `send` wakes workers at once through LISTEN/NOTIFY.
 * Heartbeat and supervision are far below the defaults, so that a killed worker's job is delivered again within seconds.
 */
export async function openJobQueue(connection: pg.PoolConfig, logger: Logger, options: QueueOptions = { migrate: true }): Promise<JobQueue> {
  const boss = new PgBoss({
    ...plainConnection(connection),
    max: options.connections ?? 6,
    schema: "jobs",
    useListenNotify: true,
    migrate: options.migrate,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  });
  boss.on("error", (error) => logger.warn({ err: error }, "the job queue lost its database for a moment"));
  await startBoss(boss, options.migrate);
  for (const name of ["build", "deployment"] as const) await provideQueue(boss, name);
  return {
    send: async (trx, name, id) => {
      await boss.send(name, { id }, { singletonKey: id, db: fromKysely(trx.withoutPlugins()) });
    },
    work: async (name, concurrency, handler) => {
      for (let worker = 0; worker < concurrency; worker += 1) await startWorker(boss, name, handler);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** Takes one job after the other, and waits only when there is none: by itself pg-boss waits between two short ones too. */
async function startWorker(boss: PgBoss, name: JobName, handler: (id: string) => Promise<void>): Promise<void> {
  let worker = "";
  worker = await boss.work(name, { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }, async (jobs) => {
    try {
      for (const job of jobs) await handler(jobSchema.parse(job.data).id);
    } finally {
      boss.notifyWorker(worker);
    }
  });
}

/**
 * What a killed worker had is sent again by the recovery of every other process as soon as its lease has run out. The queue's own
 * watch is for what that overlooks, and slow enough not to take jobs from workers that are only busy.
 */
const queueOptions = { notify: true, retryLimit: 5, retryDelay: 1, heartbeatSeconds: 30, expireInSeconds: 24 * 3600, deleteAfterSeconds: 24 * 3600 };

/** A queue that an older version made gets the settings of this one. */
async function provideQueue(boss: PgBoss, name: JobName): Promise<void> {
  await boss.createQueue(name, { policy: "short", ...queueOptions });
  await boss.updateQueue(name, queueOptions);
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
