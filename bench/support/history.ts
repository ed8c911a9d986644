import type { Pool } from "pg";

const delta = '{"added":[{"slug":"forum","version":"1.2.0"}],"removed":[],"changed":[]}';
/** As large as a composition of twenty modules. */
const composition = JSON.stringify({ defaultEnabled: [], modules: Array.from({ length: 20 }, (_, index) => ({ slug: `module${index}`, name: `Module ${index}`, version: "1.0.0", kind: "optional", dependsOn: [], packageName: `@acme/module${index}`, integrity: `sha512-${"x".repeat(86)}`, migrationPolicy: "expand" })) });

/** Adds builds, releases, deployments and entries of the journal as a long life leaves them, from the number `from` on. */
export async function addHistory(pool: Pool, { from, builds, entries }: { readonly from: number; readonly builds: number; readonly entries: number }): Promise<void> {
  const until = from + builds - 1;
  await pool.query(
    `insert into builds (id, status, stage, profile, manifest_ref, manifest_hash, build_key, landed_key, change, modules_delta, composition, requested_by, reason, deploy_to, started_at, finished_at, created_at)
       select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, case when n % 9 = 0 then 'failed' when n % 31 = 0 then 'cancelled' else 'success' end, 'complete', 'monolith', case when n % 50 = 0 then 'next' else 'main' end,
         md5(n::text), md5('k' || n), md5('l' || n), '{"install":["forum"],"uninstall":[],"upgrade":[],"cascade":false}', $1::jsonb, $2::jsonb, 'user' || n % 40, 'reason ' || n, case when n % 3 = 0 then 'prod' when n % 3 = 1 then 'staging' end, now(), now(), now()
       from generate_series(${from}, ${until}) n`,
    [delta, composition],
  );
  await pool.query(
    `insert into releases (id, status, build_id, environment, artifact_digest, surfaces, manifest_hash, source_commit, composition, created_at, deployed_at)
       select 'rel_' || lpad(n::text, 9, '0'), 'superseded', ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, case when n % 2 = 0 then 'prod' else 'staging' end, md5(n::text) || md5(n::text), '[]', 'h', 'c', $1::jsonb, now() + make_interval(secs => n), now()
       from generate_series(${from}, ${until}) n where n % 5 = 0`,
    [composition],
  );
  await pool.query(
    `insert into deployments (id, status, kind, environment, release_id, build_id, requested_by, reason)
       select ('01900000-0000-7000-9000-' || right(build_id::text, 12))::uuid, 'success', 'deploy', environment, id, build_id, 'user1', '' from releases where build_id >= ('01900000-0000-7000-8000-' || lpad(to_hex(${from}::bigint), 12, '0'))::uuid`,
  );
  for (let first = 1; first <= entries; first += entriesAtOnce) await addEntries(pool, first, Math.min(entries, first + entriesAtOnce - 1));
  await pool.query("vacuum analyze builds, releases, deployments, journal");
}

/** The journal chains entries when their transaction ends, and a life has many of those. */
const entriesAtOnce = 10_000;

async function addEntries(pool: Pool, first: number, last: number): Promise<void> {
  await pool.query(
    `insert into journal (actor, action, subject_type, subject_id, reason, details)
       select 'user' || n % 40, (array['build.requested','build.started','build.succeeded','build.failed','release.created','deployment.requested','deployment.started','deployment.succeeded','composition.landed','build.joined'])[1 + n % 10],
         'build', 'bld_' || lpad((n / 10)::text, 26, '0'), 'reason ' || n, '{"branch":"main","environment":"prod"}' from generate_series(${first}, ${last}) n`,
  );
}
