import { CamelCasePlugin, Kysely, PostgresDialect, sql, type CompiledQuery } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ArtifactStore } from "../../packages/control-plane/src/build/artifacts/artifact-store.ts";
import { nextOnBranch } from "../../packages/control-plane/src/build/branch-queue.ts";
import { openBuildLog, readLog } from "../../packages/control-plane/src/build/log.ts";
import { stepWeights } from "../../packages/control-plane/src/build/progress.ts";
import { findRivals } from "../../packages/control-plane/src/build/rivals.ts";
import { findSameBuild } from "../../packages/control-plane/src/build/same-build.ts";
import { listBuilds } from "../../packages/control-plane/src/build/store.ts";
import type { Change } from "../../packages/control-plane/src/composition/plan.ts";
import type { Database } from "../../packages/control-plane/src/database/tables.ts";
import { listLeases } from "../../packages/control-plane/src/deployment/leases.ts";
import { isDeploying, listDeployments, queuedReleases } from "../../packages/control-plane/src/deployment/store.ts";
import { readChain, readChainHead } from "../../packages/control-plane/src/journal/chain.ts";
import { readJournal } from "../../packages/control-plane/src/journal/journal.ts";
import { readNewestJournal } from "../../packages/control-plane/src/journal/search.ts";
import { findActiveRelease, findRelease, listReleases } from "../../packages/control-plane/src/release/store.ts";
import { databases, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const builds = 20_000;
const entries = 100_000;
const noChange: Change = { install: [], uninstall: [], upgrade: [], cascade: false };
/** Far more than a page has, far less than a table. */
const mostRowsRead = 2_000;

const large = new Set(["builds", "build_steps", "build_logs", "releases", "deployments", "journal", "journal_chain"]);

/** A history in which a few builds wait and run, and each environment has releases and deployments. */
const history = [
  `insert into builds (id, status, stage, profile, manifest_ref, manifest_hash, build_key, landed_key, change, modules_delta, requested_by, reason, deploy_to, started_at, created_at)
     select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, case when n > ${builds - 20} then 'queued' when n % 9 = 0 then 'failed' else 'success' end, 'complete', 'monolith',
       case when n % 50 = 0 then 'other' else 'main' end, 'h' || n, 'k' || n, 'l' || n, '${JSON.stringify(noChange)}', '{"added":[],"removed":[],"changed":[]}', 'ada', 'reason ' || n,
       case when n > ${builds - 5} then 'never-served' when n % 3 = 0 then 'prod' when n % 3 = 1 then 'staging' end, case when n <= ${builds - 20} then now() end, now() - make_interval(secs => ${builds} - n)
     from generate_series(1, ${builds}) n`,
  "insert into build_steps (build_id, attempt, position, name, status, started_at, finished_at) select id, 1, p, 'step' || p, 'success', now(), now() from builds, generate_series(1, 3) p",
  "insert into build_logs (build_id, line, step, stream, text) select id, l, 'compile', 'stdout', 'line ' || l from (select id from builds order by id limit 1000) b, generate_series(1, 100) l",
  `insert into releases (id, status, build_id, environment, artifact_digest, surfaces, manifest_hash, source_commit, composition, created_at)
     select 'rel_' || row_number() over (order by id), case when row_number() over (order by id desc) = 1 then 'active' else 'superseded' end, id, coalesce(deploy_to, 'prod'), 'd', '[]', 'h', 'c', '{}', created_at from builds where status = 'success'`,
  `insert into deployments (id, status, kind, environment, release_id, build_id, requested_by, reason, created_at)
     select build_id, 'success', 'deploy', environment, id, build_id, 'ada', '', created_at from releases`,
  `insert into journal (at, actor, action, subject_type, subject_id, details)
     select timestamptz '2026-01-01T00:00:00Z' + make_interval(secs => n), 'ada', case when n % 10 = 0 then 'composition.landed' else 'build.requested' end, 'build', case when n % 10 = 0 then 'main' else 'bld_' || (n / 10) end, jsonb_build_object('commit', 'c' || n) || case when n % 100 = 0 then '{"environment": "prod"}'::jsonb else '{}' end from generate_series(1, ${entries}) n`,
  // With every row looked at: from a sample, which is another each time, a plan could be another by chance.
  "set default_statistics_target = 400; analyze; reset default_statistics_target",
];

const none: ArtifactStore = { has: () => Promise.resolve(false) } as unknown as ArtifactStore;
const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

/** What the API and the workers ask, as they ask it. */
const questions: readonly (readonly [string, (db: Kysely<Database>) => Promise<unknown>])[] = [
  ["builds", (db) => listBuilds(db, { limit: 51 })],
  ["builds after a cursor", (db) => listBuilds(db, { limit: 51, before: uuid(builds / 2) })],
  ["builds of a status", (db) => listBuilds(db, { limit: 51, status: "failed" })],
  ["builds of a rare status", (db) => listBuilds(db, { limit: 51, status: "running" })],
  ["builds of a status after a cursor", (db) => listBuilds(db, { limit: 51, status: "success", before: uuid(builds / 4) })],
  ["builds of a branch", (db) => listBuilds(db, { limit: 51, branch: "other" })],
  ["builds of an environment after a cursor", (db) => listBuilds(db, { limit: 51, deployTo: "staging", before: uuid(builds / 2) })],
  ["the same build", (db) => findSameBuild(db, none, `k${builds / 2}`)],
  ["the next build of a branch", (db) => nextOnBranch(db, "main")],
  ["builds under way on a branch", (db) => findRivals(db, "main", noChange)],
  ["the usual durations of steps", (db) => stepWeights(db)],
  ["the leases", (db) => listLeases({ db } as Parameters<typeof listLeases>[0])],
  ["the journal", (db) => readNewestJournal(db, { limit: 101 })],
  ["the journal after a cursor", (db) => readNewestJournal(db, { limit: 101, before: entries / 2 })],
  ["the journal of a subject", (db) => readNewestJournal(db, { limit: 101, subjectId: "bld_500" })],
  ["the journal of a busy subject after a cursor", (db) => readNewestJournal(db, { limit: 101, subjectId: "main", before: entries / 2 })],
  ["the journal of an actor", (db) => readNewestJournal(db, { limit: 101, actor: "ada" })],
  ["the journal of an actor who did nothing", (db) => readNewestJournal(db, { limit: 101, actor: "bob" })],
  ["the journal of an action after a cursor", (db) => readNewestJournal(db, { limit: 101, action: "composition.landed", before: entries / 2 })],
  ["the journal of a subject's actions", (db) => readNewestJournal(db, { limit: 101, action: "composition.*" })],
  ["the journal of an environment", (db) => readNewestJournal(db, { limit: 101, environment: "prod" })],
  ["the journal of a time", (db) => readNewestJournal(db, { limit: 101, since: new Date("2026-01-01T06:00:00Z"), until: new Date("2026-01-01T06:10:00Z") })],
  ["the journal of an actor in a time", (db) => readNewestJournal(db, { limit: 101, actor: "ada", since: new Date("2026-01-01T06:00:00Z"), until: new Date("2026-01-01T06:10:00Z") })],
  ["the journal of a request", (db) => readNewestJournal(db, { limit: 101, requestId: "r5" })],
  ["the journal by a rare word", (db) => readNewestJournal(db, { limit: 101, text: "c77777" })],
  ["the journal by words that are everywhere", (db) => readNewestJournal(db, { limit: 101, text: "comm c" })],
  ["the journal of an actor by a word that is everywhere after a cursor", (db) => readNewestJournal(db, { limit: 101, text: "commit", actor: "ada", before: entries / 2 })],
  ["the chain from its middle", (db) => readChain(db, { after: entries / 2, limit: 500 })],
  ["the chain's end", (db) => readChainHead(db)],
  ["the journal's stream", (db) => readJournal(db, { limit: 500, after: entries - 100 })],
  ["the journal's stream from its middle", (db) => readJournal(db, { limit: 500, after: entries / 2 })],
  ["the journal's stream of a subject", (db) => readJournal(db, { limit: 500, after: 0, subjectId: "bld_500" })],
  ["whether a commit's landing is noted", (db) => db.selectFrom("journal").select("id").where("action", "=", "composition.landed").where("subjectId", "=", "main").where(sql<boolean>`details ->> 'commit' = ${"c70"}`).executeTakeFirst()],
  ["a log from its middle", (db) => readLog(db, uuid(500), 50, 1_000)],
  ["a log's end", (db) => openBuildLog(db, uuid(500), [])],
  ["releases", (db) => listReleases(db, { limit: 51 })],
  ["releases of an environment", (db) => listReleases(db, { limit: 51, environment: "staging" })],
  ["releases of an environment after a cursor", async (db) => {
    const before = await findRelease(db, "rel_9000");
    return listReleases(db, { limit: 51, environment: "staging", ...(before !== undefined && { before }) });
  }],
  ["an environment's active release", (db) => findActiveRelease(db, "prod")],
  ["deployments", (db) => listDeployments(db, { limit: 51 })],
  ["deployments of an environment after a cursor", (db) => listDeployments(db, { limit: 51, environment: "prod", before: uuid(builds / 2) })],
  ["deployments of a build", (db) => listDeployments(db, { limit: 51, buildId: uuid(500) })],
  ["deployments of a release", (db) => listDeployments(db, { limit: 51, releaseId: "rel_500" })],
  ["deployments under way", async (db) => [await isDeploying(db, "prod"), await queuedReleases(db, "prod")]],
];

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}

function nodes(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
}

describe.each(databases)("with a long history, on $name", (kind) => {
  let database: TestDatabase;
  let db: Kysely<Database>;
  const asked: CompiledQuery[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    // The server's own analysis would come at a moment of its own, and look at a sample.
    for (const table of large) await database.handle.pool.query(`alter table ${table} set (autovacuum_enabled = false)`);
    for (const statement of history) await database.handle.pool.query(statement);
    db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: database.handle.pool }), plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })], log: ({ query }) => void asked.push(query as CompiledQuery) });
  });
  afterAll(() => database?.close());

  async function explain({ sql: text, parameters }: CompiledQuery): Promise<Plan> {
    const { rows } = await database.handle.pool.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(`explain (analyze, format json) ${text}`, [...parameters]);
    return rows[0]?.["QUERY PLAN"][0].Plan ?? expect.unreachable(text);
  }

  test.each(questions)("%s: indexes find what is asked for", async (_, question) => {
    asked.length = 0;
    await question(db);
    const statements = asked.filter(({ sql: text }) => /^\s*(?:select|with)/i.test(text));
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) {
      const all = nodes(await explain(statement));
      const scans = all.filter((node) => node["Node Type"] === "Seq Scan" && large.has(node["Relation Name"] ?? ""));
      expect(scans.map((node) => `${statement.sql}: ${node["Relation Name"]}`)).toEqual([]);
      const read = Math.max(...all.map((node) => (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]));
      expect([statement.sql, read <= mostRowsRead || read]).toEqual([statement.sql, true]);
    }
  });

  test.each([["prod", entries / 100], ["commit c7777", 11], ["comm", 3_000]])("pages of the journal by %s have each entry once, in order", async (text, count) => {
    const found: number[] = [];
    while (found.length < count) {
      const page = await readNewestJournal(db, { limit: 101, text, before: found.at(-1) });
      expect(page.length).toBe(Math.min(101, text === "comm" ? 101 : count - found.length));
      found.push(...page.map(({ id }) => id));
    }
    expect(found).toEqual([...new Set(found)].toSorted((one, other) => other - one));
    if (text !== "comm") expect(await readNewestJournal(db, { limit: 101, text, before: found.at(-1) })).toEqual([]);
  });

  test("a table without its index would be noticed", async () => {
    const plan = await explain(sql`select * from builds where reason = 'reason 5'`.compile(db));
    expect(nodes(plan).map((node) => node["Node Type"])).toContain("Seq Scan");
  });
});
