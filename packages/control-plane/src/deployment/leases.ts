import { sql } from "kysely";
import { lockBuild } from "../build/store.ts";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { toPublicId, toUuid } from "../database/identifiers.ts";
import { lockDeployment } from "./store.ts";
import { fail } from "../errors/problem.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { appendJournal } from "../journal/journal.ts";

/** Who holds what now: a build with its branch, or a deployment with its environment. */
export interface Lease {
  /** `bld_…` or `dpl_…`: what is held. */
  readonly subjectId: string;
  readonly kind: "build" | "deployment";
  /** The branch that nobody else may build on, or the environment that nobody else may deploy to. */
  readonly resource: string;
  /** Absent while nobody holds it: it waits for the next worker. */
  readonly holder?: string;
  readonly token: number;
  /** What the holder does: a step of the pipeline or of the deployment. */
  readonly step?: string;
  /** Which holder of this work it is, from 1. */
  readonly attempt: number;
  readonly takenAt: Date | null;
  readonly expiresAt: Date | null;
  /** Seconds since it was taken, by the database's clock. */
  readonly ageSeconds: number;
  /** No heartbeat came in time: the next worker takes it. */
  readonly expired: boolean;
}

/** Every lease there is, oldest first. */
export async function listLeases({ db }: { readonly db: Executor }): Promise<readonly Lease[]> {
  const { rows } = await sql<LeaseRow>`
    select 'build' as kind, builds.id, manifest_ref as resource, lease_holder as holder, lease_token as token, attempt, lease_taken_at as taken_at,
      lease_expires_at as expires_at, ${age} as age_seconds, ${isExpired} as expired,
      (select name from build_steps where build_id = builds.id and build_steps.attempt = builds.attempt order by position desc limit 1) as step
    from builds where status = 'running'
    union all
    select 'deployment', id, environment, lease_holder, lease_token, attempt, lease_taken_at, lease_expires_at, ${age}, ${isExpired}, steps -> -1 ->> 'name'
    from deployments where status = 'running'
    order by taken_at nulls first, id`.execute(db.withoutPlugins());
  return rows.map(toLease);
}

const age = sql`coalesce(extract(epoch from now() - lease_taken_at), 0)::float8`;
const isExpired = sql`coalesce(lease_expires_at < now(), true)`;

interface LeaseRow {
  readonly kind: Lease["kind"];
  readonly id: string;
  readonly resource: string;
  readonly holder: string | null;
  readonly token: number;
  readonly attempt: number;
  readonly taken_at: Date | null;
  readonly expires_at: Date | null;
  readonly age_seconds: number;
  readonly expired: boolean;
  readonly step: string | null;
}

function toLease({ id, kind, holder, step, taken_at: takenAt, expires_at: expiresAt, age_seconds: ageSeconds, ...rest }: LeaseRow): Lease {
  return { ...rest, kind, takenAt, expiresAt, ageSeconds, subjectId: toPublicId(kind === "build" ? "bld" : "dpl", id), ...(holder !== null && { holder }), ...(step !== null && { step }) };
}

/**
 * Takes a lease away from its holder, on an administrator's word: whatever the holder still writes is refused, and the work goes
 * to the next worker at once. Throws lease_not_found for work that is not under way, or that nobody holds.
 */
export async function takeOver({ handle, jobs }: { readonly handle: DatabaseHandle; readonly jobs: JobQueue }, subjectId: string, actor: string, reason: string, after: AfterTakeOver = () => Promise.resolve()): Promise<void> {
  const [build, deployment] = [toUuid("bld", subjectId), toUuid("dpl", subjectId)];
  const id = build ?? deployment ?? fail("lease_not_found", `${JSON.stringify(subjectId)} is no build and no deployment`);
  const kind = build === undefined ? "deployment" : "build";
  await handle.db.transaction().execute(async (trx) => {
    const held = await lock[kind](trx, id);
    const name = toPublicId(kind === "build" ? "bld" : "dpl", id);
    if (held.status !== "running") fail("lease_not_found", `${name} is ${held.status}: nobody holds it`);
    // Another was quicker: what it took away is nobody's to take away again.
    if (held.leaseHolder === null) fail("lease_not_found", `${name} was taken over already: it waits for the next worker`);
    await trx.updateTable(`${kind}s`).set({ ...nobody, updatedAt: new Date() }).where("id", "=", id).execute();
    await appendJournal(trx, { actor, reason, action: "lease.taken_over", subjectType: kind, subjectId: name, details: { holder: held.leaseHolder, ...held.resource, attempt: held.attempt } });
    await jobs.send(trx, kind, id);
    await after(trx);
  });
}

/** What belongs to the answer and is to be saved with it, in the same transaction. */
type AfterTakeOver = (trx: Executor) => Promise<void>;

interface Held {
  readonly status: string;
  readonly leaseHolder: string | null;
  readonly attempt: number;
  /** For the journal: what nobody else could work on. */
  readonly resource: Readonly<Record<string, string>>;
}

const lock: Readonly<Record<Lease["kind"], (trx: Executor, id: string) => Promise<Held>>> = {
  build: async (trx, id) => {
    const build = await lockBuild(trx, id, undefined);
    return { ...build, resource: { branch: build.manifestRef } };
  },
  deployment: async (trx, id) => {
    const deployment = await lockDeployment(trx, id);
    return { ...deployment, resource: { environment: deployment.environment } };
  },
};

const nobody = { leaseHolder: null, leaseToken: sql<number>`nextval('lease_tokens')`, leaseExpiresAt: sql<Date>`now() - interval '1 second'` };
