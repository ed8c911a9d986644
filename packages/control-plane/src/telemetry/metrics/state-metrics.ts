import { sql } from "kysely";
import type { Gauge, Registry } from "prom-client";
import type { Executor } from "../../database/connection.ts";
import { largest } from "./bounded.ts";
import { gaugeOf, type StateMetrics } from "./gauge.ts";

/** What the database says of now: the same at every server. Each question is answered from an index. */
export function stateMetrics(db: Executor, registry: Registry): StateMetrics {
  const builds = gaugeOf(registry, "modyard_builds", "Builds that there are, by status", ["status"]);
  const buildsWaiting = gaugeOf(registry, "modyard_builds_waiting", "Builds that wait for a worker, by branch", ["branch"]);
  const deploymentsWaiting = gaugeOf(registry, "modyard_deployments_waiting", "Deployments that wait for a worker or for their environment, by environment", ["environment"]);
  const deploymentsRunning = gaugeOf(registry, "modyard_deployments_running", "Deployments under way", []);
  const oldest = gaugeOf(registry, "modyard_queue_oldest_wait_seconds", "How long the oldest waiting build or deployment waits", ["work"]);
  const expired = gaugeOf(registry, "modyard_leases_expired", "Work under way whose holder sends no heartbeat any more", ["work"]);
  return {
    refresh: async () => {
      const [byStatus, waiting, underWay] = [await countBuilds(db), await readWaiting(db), await readUnderWay(db)];
      setAll(builds, "status", new Map([...buildStatuses.map((status) => [status, 0] as const), ...byStatus]));
      setAll(buildsWaiting, "branch", largest(waiting.filter(({ work }) => work === "build").map(({ name, count }) => [name, count])));
      setAll(deploymentsWaiting, "environment", largest(waiting.filter(({ work }) => work === "deployment").map(({ name, count }) => [name, count])));
      for (const work of ["build", "deployment"] as const) {
        oldest.set({ work }, Math.max(0, ...waiting.filter((each) => each.work === work).map(({ seconds }) => seconds)));
        expired.set({ work }, underWay.get(work)?.expired ?? 0);
      }
      deploymentsRunning.set(underWay.get("deployment")?.running ?? 0);
    },
  };
}

const buildStatuses = ["queued", "running", "success", "failed", "cancelled"];

function setAll<Label extends string>(gauge: Gauge<Label>, label: Label, values: ReadonlyMap<string, number>): void {
  gauge.reset();
  for (const [value, count] of values) gauge.set({ [label]: value } as Record<Label, string>, count);
}

async function countBuilds(db: Executor): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly status: string; readonly count: number }>`select status, count(*)::int as count from builds group by status`.execute(db.withoutPlugins());
  return new Map(rows.map(({ status, count }) => [status, count]));
}

interface Waiting {
  readonly work: "build" | "deployment";
  /** Branch or environment. */
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}

async function readWaiting(db: Executor): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select 'build' as work, manifest_ref as name, count(*)::int as count, ${age} as seconds from builds where status = 'queued' group by manifest_ref
    union all select 'deployment', environment, count(*)::int, ${age} from deployments where status = 'queued' group by environment`.execute(db.withoutPlugins());
  return rows;
}

const age = sql`extract(epoch from now() - min(created_at))::float8`;

interface UnderWay {
  readonly work: "build" | "deployment";
  readonly running: number;
  readonly expired: number;
}

async function readUnderWay(db: Executor): Promise<ReadonlyMap<UnderWay["work"], UnderWay>> {
  const { rows } = await sql<UnderWay>`
    select 'build' as work, count(*)::int as running, ${expiredCount} as expired from builds where status = 'running'
    union all select 'deployment', count(*)::int, ${expiredCount} from deployments where status = 'running'`.execute(db.withoutPlugins());
  return new Map(rows.map((row) => [row.work, row]));
}

const expiredCount = sql`(count(*) filter (where coalesce(lease_expires_at < now(), true)))::int`;
