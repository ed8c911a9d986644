import type { Client } from "pg";
import type { LeaseSubject } from "./protocol.ts";

/** What a heartbeat found of one lease. */
export interface LeaseState {
  readonly held: boolean;
  readonly cancelledBy: string | undefined;
}

type Row = { readonly n: number; readonly held: boolean; readonly cancelled_by: string | null };

/** Extends leases of one table in one statement; the states are in the order of the subjects. */
export async function extendLeases(client: Client, table: LeaseSubject["table"], subjects: readonly LeaseSubject[], seconds: number): Promise<readonly LeaseState[]> {
  if (subjects.length === 0) return [];
  const values = [subjects.map(({ id }) => id), subjects.map(({ token }) => token), seconds];
  const { rows } = await client.query<Row>(statements[table], values);
  const states = new Map(rows.map(({ n, held, cancelled_by: by }) => [Number(n), { held, cancelledBy: by ?? undefined }]));
  return subjects.map((_, index) => states.get(index + 1) ?? { held: false, cancelledBy: undefined });
}

/**
 * A row that is locked is passed over, not waited for: while it lands, the holder itself has it locked, and nobody can take it then.
 * The other leases must not wait for that.
 */
const statementFor = (table: LeaseSubject["table"], cancelledBy: string): string => `
  with held as (select id, token, n from unnest($1::uuid[], $2::bigint[]) with ordinality as held(id, token, n)),
    free as (select work.id from ${table} work join held on held.id = work.id and held.token = work.lease_token where work.status = 'running' for update of work skip locked),
    extended as (update ${table} set lease_expires_at = now() + make_interval(secs => $3::int) from free where ${table}.id = free.id)
  select held.n, work.id is not null as held, ${cancelledBy} as cancelled_by
  from held left join ${table} work on work.id = held.id and work.lease_token = held.token and work.status = 'running'`;

/** Ends a lease that is still held under its token, so that another worker takes the work up at once. */
export async function endLease(client: Client, { table, id, token }: LeaseSubject): Promise<void> {
  await client.query(`update ${table} set lease_expires_at = now() - interval '1 second' where id = $1 and lease_token = $2 and status = 'running'`, [id, token]);
}

const statements: Readonly<Record<LeaseSubject["table"], string>> = {
  builds: statementFor("builds", "work.cancel_requested_by"),
  deployments: statementFor("deployments", "null"),
};
