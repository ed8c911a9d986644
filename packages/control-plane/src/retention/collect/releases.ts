import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { BuildFact, ReleaseFact } from "../facts.ts";

interface ReleaseRow {
  readonly id: string;
  readonly environment: string;
  readonly status: string;
  readonly digest: string;
  readonly build_id: string;
  readonly ran_since: number | null;
  readonly is_predecessor: boolean;
  readonly is_in_flight: boolean;
}

/** Releases of these artifacts or with these names; `running` are those that drivers see run. */
export async function collectReleases(db: Executor, query: { readonly digests: readonly string[]; readonly ids: readonly string[] }, running: ReadonlySet<string>): Promise<readonly ReleaseFact[]> {
  const { rows } = await sql<ReleaseRow>`
    with ran as (
      select id, row_number() over (partition by environment order by deployed_at desc, id desc) - 1 as since from releases where deployed_at is not null
    )
    select releases.id, environment, status, artifact_digest as digest, build_id, ran.since as ran_since,
      exists (select 1 from releases active where active.environment = releases.environment and active.status = 'active' and active.previous_release_id = releases.id) as is_predecessor,
      exists (select 1 from deployments where deployments.status in ('waiting_approval', 'queued', 'running') and releases.id in (deployments.release_id, deployments.from_release_id)) as is_in_flight
    from releases left join ran on ran.id = releases.id
    where artifact_digest = any(${query.digests}) or releases.id = any(${query.ids})`.execute(db.withoutPlugins());
  return rows.map(({ build_id: buildId, ran_since: ranSince, is_predecessor: isPredecessor, is_in_flight: isInFlight, ...row }) => ({
    ...row,
    buildId: toPublicId("bld", buildId),
    ...(ranSince !== null && { ranSince }),
    isPredecessor,
    isInFlight,
    isRunning: running.has(row.id),
  }));
}

interface BuildRow {
  readonly id: string;
  readonly digest: string | null;
  readonly need: BuildFact["need"];
}

/** Builds that need what they made, or are about to make. */
export async function collectBuilds(db: Executor): Promise<readonly BuildFact[]> {
  const { rows } = await sql<BuildRow>`
    select id, artifact_digest as digest, 'in_flight' as need from builds where status in ('queued', 'running')
    union all
    (select distinct on (manifest_ref) id, artifact_digest, 'newest_of_branch' from builds where status = 'success' order by manifest_ref, id desc)`.execute(db.withoutPlugins());
  return rows.map(({ id, digest, need }) => ({ id: toPublicId("bld", id), need, ...(digest !== null && { digest }) }));
}
