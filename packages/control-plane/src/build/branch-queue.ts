import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { lockUntilEnd } from "../database/locks.ts";
import type { JobQueue } from "../jobs/queue.ts";

/** Held until the transaction ends: one decision at a time about what is built on the branch. */
export async function lockBranch(trx: Executor, branch: string): Promise<void> {
  await lockUntilEnd(trx, `branch ${branch}`);
}

/** Wakes a worker for the build that is next on the branch, if one waits. To be called in the transaction that frees the branch. */
export async function sendNextBuild(trx: Executor, jobs: JobQueue, branch: string): Promise<void> {
  const next = await nextOnBranch(trx, branch);
  if (next !== undefined) await jobs.send(trx, "build", next);
}

/**
 * Fair across environments: the one whose last build began longest ago goes first, and within an environment who came
 * first. So one environment's many requests do not keep another waiting. What is only made again to be compared
 * comes last: nobody's change waits for it.
 */
export async function nextOnBranch(db: Executor, branch: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select waiting.id from builds waiting
    where waiting.manifest_ref = ${branch} and waiting.status = 'queued'
    order by waiting.verifies is not null, (
      select served.started_at from builds served
      where served.manifest_ref = waiting.manifest_ref and coalesce(served.deploy_to, '') = coalesce(waiting.deploy_to, '') and served.started_at is not null
      order by served.id desc limit 1
    ) nulls first, waiting.id
    limit 1`.execute(db);
  return rows[0]?.id;
}
