import type { Phase } from "./phases.ts";
import type { SiteDatabase } from "./database.ts";

/** Of what is no step with a time of its own: one transaction. */
const transactionMs = 20;

/** How long the phase's step usually takes here, in milliseconds, by all that were done so far. */
export async function usualDuration(database: SiteDatabase, { work, step }: Phase): Promise<number> {
  const steps = work === "build"
    ? "select started_at, finished_at from build_steps where name = $1 and status = 'success'"
    : "select (step ->> 'startedAt')::timestamptz as started_at, (step ->> 'finishedAt')::timestamptz as finished_at from deployments, jsonb_array_elements(steps) step where step ->> 'name' = $1 and step ->> 'status' = 'success'";
  const [row] = await database.query<{ ms: number }>(`select coalesce(percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at) * 1000), 0)::float8 as ms from (${steps}) each`, [step]);
  return row === undefined || row.ms === 0 ? transactionMs : row.ms;
}
