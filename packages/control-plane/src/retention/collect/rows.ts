import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import type { Budget, KeptItem } from "../facts.ts";
import { oldestKey } from "../plan-retention.ts";

/** So many logs are looked at in one run; the next run goes on. */
const mostLogs = 500;

interface LogRow {
  readonly id: string;
  readonly used_at: Date;
  readonly bytes: number;
}

/** Logs of builds that were over before the budget's days began. */
export async function collectBuildLogs(db: Executor, now: Date, { days }: Budget): Promise<readonly KeptItem[]> {
  const before = new Date(now.getTime() - days * 24 * 3600 * 1000);
  const { rows } = await sql<LogRow>`
    select old.id, old.finished_at as used_at, coalesce((select sum(octet_length(text) + 64) from build_logs where build_id = old.id), 0)::float8 as bytes
    from (select id, finished_at from builds where logs_removed_at is null and finished_at < ${before} and exists (select from build_logs where build_id = builds.id) order by finished_at limit ${mostLogs}) old`.execute(db.withoutPlugins());
  return rows.map(({ id, used_at: usedAt, bytes }) => ({ kind: "build_log" as const, name: toPublicId("bld", id), owner: toPublicId("bld", id), bytes, usedAt }));
}

/** All keys that are older than a day, as one item. */
export async function collectKeys(db: Executor, now: Date): Promise<readonly KeptItem[]> {
  const { rows } = await sql<{ readonly bytes: number; readonly count: number }>`
    select count(*)::int as count, coalesce(sum(octet_length(coalesce(response, '')) + 128), 0)::float8 as bytes from idempotency_keys where created_at < ${oldestKey(now)}`.execute(db.withoutPlugins());
  const [row] = rows;
  return row === undefined || row.count === 0 ? [] : [{ kind: "idempotency_keys", name: `${row.count} answers`, bytes: row.bytes, usedAt: oldestKey(now) }];
}
