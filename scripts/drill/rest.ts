import { setTimeout as delay } from "node:timers/promises";
import { servedRelease } from "./victims.ts";
import type { Site } from "./site.ts";

const lookMs = 50;

/** What still moves or is missing; none: the site is at rest. */
async function unrest(site: Site): Promise<string | undefined> {
  if (Number.isNaN(site.serve.pid) || Number.isNaN(site.worker.pid)) return "a process is being started again";
  const rows = await site.database.query<{ what: string }>(`
    select 'build ' || status || ' in ' || coalesce((select name from build_steps where build_id = builds.id order by attempt desc, position desc limit 1), 'the queue') as what from builds where status in ('queued', 'running')
    union all select kind || ' ' || status || ' in ' || coalesce(steps -> -1 ->> 'name', 'the queue') from deployments where status in ('queued', 'running')`);
  if (rows[0] !== undefined) return rows.map(({ what }) => what).join(", ");
  if (!(await site.answers())) return "the API does not answer";
  const [active] = await site.database.query<{ id: string }>("select id from releases where environment = 'prod' and status = 'active'");
  const served = await servedRelease(site);
  return served === active?.id ? undefined : `the application says that it is ${served ?? "away"}, and the active release is ${active?.id ?? "none"}`;
}

/** Waits until nothing is under way, every process is back, and the application that answers is the active release. Throws what is still amiss. */
export async function untilAtRest(site: Site, signal: AbortSignal, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    const amiss = await unrest(site).catch((error: unknown) => `the database does not answer: ${String(error)}`);
    if (amiss === undefined) return;
    if (performance.now() > deadline) throw new Error(`after ${patienceMs / 1000} s: ${amiss}`);
    await delay(lookMs);
  }
}

/** Looks again and again until nothing is found; what is found at the end of the patience otherwise. */
export async function untilNothing(look: () => Promise<readonly string[]>, patienceMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found.length === 0) return [];
    if (performance.now() > deadline) return found;
    await delay(lookMs * 2);
  }
}
