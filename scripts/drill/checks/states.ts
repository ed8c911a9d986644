import { buildTransitions } from "../../../packages/control-plane/src/build/states.ts";
import { deploymentTransitions } from "../../../packages/control-plane/src/deployment/states.ts";
import { releaseTransitions } from "../../../packages/control-plane/src/release/states.ts";
import type { Site } from "../site.ts";

const machines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = { builds: buildTransitions, deployments: deploymentTransitions, releases: releaseTransitions };

interface Change {
  readonly kind: string;
  readonly id: string;
  readonly was: string;
  readonly became: string;
}

/** States and changes of state that the machines do not allow of a site at rest. */
export async function forbiddenStates({ database }: Site): Promise<readonly string[]> {
  const changes = await database.patientQuery<Change>("delete from drill.changes returning *");
  const refused = changes.filter(({ kind, was, became }) => machines[kind]?.[was]?.includes(became) !== true);
  return [...refused.map(({ kind, id, was, became }) => `${kind} ${id} went from ${was} to ${became}`), ...(await restless(database))];
}

async function restless(database: Site["database"]): Promise<readonly string[]> {
  const rows = await database.patientQuery<{ what: string }>(`
    select 'build ' || id || ' is ' || status as what from builds where status in ('queued', 'running')
    union all select 'build ' || id || ' is a success without its result' from builds where status = 'success' and (artifact_digest is null or result_commit is null or finished_at is null)
    union all select 'deployment ' || id || ' is ' || status from deployments where status in ('queued', 'running')
    union all select 'release ' || id || ' is ' || status from releases where status in ('pending', 'deploying')
    union all select count(*) || ' releases are active' from releases where status = 'active' having count(*) <> 1`);
  return rows.map(({ what }) => what);
}
