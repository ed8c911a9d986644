import { sql } from "kysely";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../database/connection.ts";
import type { JobQueue } from "./queue.ts";

/** What holds work back while something else of the same branch or environment is under way. */
const resources = [
  { table: "builds", job: "build", resource: "manifest_ref" },
  { table: "deployments", job: "deployment", resource: "environment" },
] as const;

/**
 * Sends the jobs of work that nobody has: running rows whose lease ran out, and queued rows that have been so for `age` seconds
 * although nothing else of their branch or environment runs. Whatever became of their jobs, a worker hears of them. Their jobs may also only be waiting
 * for a free worker: sending again changes nothing then.
 */
export async function resendJobs({ handle, jobs, logger }: { readonly handle: DatabaseHandle; readonly jobs: JobQueue; readonly logger: Logger }, age: number): Promise<void> {
  for (const { table, job, resource } of resources) {
    const isFree = sql`not exists (select 1 from ${sql.table(table)} other where other.status = 'running' and other.${sql.ref(resource)} = work.${sql.ref(resource)})`;
    const { rows } = await sql<{ id: string; expired: boolean }>`
      select id, status = 'running' as expired from ${sql.table(table)} work
      where (status = 'running' and lease_expires_at < now())
        or (status = 'queued' and updated_at < now() - make_interval(secs => ${age}) and ${isFree})
      order by id`.execute(handle.db);
    for (const { id, expired } of rows) {
      if (expired) logger.info({ job, id }, "work whose lease ran out is queued again");
      await handle.db.transaction().execute((trx) => jobs.send(trx, job, id));
    }
  }
}
