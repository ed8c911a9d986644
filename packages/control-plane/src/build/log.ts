import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { redact } from "../telemetry/redact.ts";
import type { Fence } from "./store.ts";

/** A stored line of a build's log. */
export interface LogLine {
  /** From 1, without gaps: what a reader resumes from. */
  readonly line: number;
  readonly step: string;
  readonly stream: "stdout" | "stderr" | "modyard";
  readonly at: Date;
  /** ANSI colours are kept. */
  readonly text: string;
}

/** PostgreSQL channel on which readers are woken; its payload is the build's UUID. */
export const logChannel = "modyard_log";

/** Writes a build's log in batches, numbered without gaps, secrets taken out. */
export interface BuildLog {
  write(step: string, stream: LogLine["stream"], text: string): void;
  /** Resolves when everything written so far is stored. */
  flush(): Promise<void>;
}

const batchDelayMs = 100;
const batchSize = 500;

/** Opens the log of a build for one holder, going on after the last stored line. With a fence, lines of a holder who lost the build are dropped. */
export async function openBuildLog(db: Executor, buildId: string, secrets: readonly string[], fence?: Fence): Promise<BuildLog> {
  let next = (await lastLine(db, buildId)) + 1;
  let pending: LogLine[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const store = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch = pending.slice(0, batchSize);
      await storeLines(db, buildId, batch, fence);
      pending = pending.slice(batch.length);
    }
    await sql`select pg_notify(${logChannel}, ${buildId})`.execute(db);
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    // Lines that could not be stored stay pending: the next flush tries them again.
    if (pending.length > 0) writing = writing.catch(() => undefined).then(store);
    return writing;
  };
  return {
    write: (step, stream, text) => {
      pending.push({ line: next, step, stream, at: new Date(), text: redact(text, secrets).replaceAll("\0", "\u{FFFD}") });
      next += 1;
      // A failed write surfaces at the next awaited flush; the step that awaits it fails with the database's error.
      timer ??= setTimeout(() => void flush().catch(() => undefined), batchDelayMs);
    },
    flush,
  };
}

/** A line that another holder already wrote stays: the log is append-only. */
async function storeLines(db: Executor, buildId: string, lines: readonly LogLine[], fence: Fence | undefined): Promise<void> {
  const holds = fence === undefined ? sql`true` : sql`exists (select 1 from builds where id = ${buildId} and lease_token = ${fence.leaseToken})`;
  await sql`
    insert into build_logs (build_id, line, step, stream, at, text)
    select ${buildId}::uuid, line, step, stream, at, text
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as rows (line bigint, step text, stream text, at timestamptz, text text)
    where ${holds} on conflict do nothing`.execute(db);
}

async function lastLine(db: Executor, buildId: string): Promise<number> {
  const row = await db.selectFrom("buildLogs").select(({ fn }) => fn.max("line").as("last")).where("buildId", "=", buildId).executeTakeFirst();
  return row?.last ?? 0;
}

/** Lines after `after`, in order, at most `limit`. */
export async function readLog(db: Executor, buildId: string, after: number, limit: number): Promise<readonly LogLine[]> {
  const rows = await db
    .selectFrom("buildLogs")
    .select(["line", "step", "stream", "at", "text"])
    .where("buildId", "=", buildId)
    .where("line", ">", after)
    .orderBy("line")
    .limit(limit)
    .execute();
  return rows as readonly LogLine[];
}
