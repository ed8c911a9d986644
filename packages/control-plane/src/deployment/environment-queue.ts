import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { lockUntilEnd } from "../database/locks.ts";
import type { JobQueue } from "../jobs/queue.ts";

/** Held until the transaction ends: one decision at a time about what runs in the environment. */
export async function lockEnvironment(trx: Executor, environment: string): Promise<void> {
  await lockUntilEnd(trx, `environment ${environment}`);
}

/**
 * Which deployment of the environment is next: who came first, but an automatic rollback before all others. Environments do not
 * wait for each other, and each has at most one job that does something: so none with many deployments keeps another waiting.
 */
export async function nextInEnvironment(db: Executor, environment: string): Promise<string | undefined> {
  const waiting = db.selectFrom("deployments").select("id").where("environment", "=", environment).where("status", "=", "queued");
  const row = await waiting.orderBy(sql`kind = 'auto_rollback'`, "desc").orderBy("id").limit(1).executeTakeFirst();
  return row?.id;
}

/** Wakes a worker for the next deployment, if one waits. To be called, under the environment's lock, in the transaction that frees it. */
export async function sendNextDeployment(trx: Executor, jobs: JobQueue, environment: string): Promise<void> {
  const next = await nextInEnvironment(trx, environment);
  if (next !== undefined) await jobs.send(trx, "deployment", next);
}
