import { sql } from "kysely";
import type { Executor } from "./connection.ts";

/** Well below the time after which the server ends a transaction that says nothing. */
const everyMs = 5_000;

/**
 * Keeps a transaction, and its locks with it, while something outside the database takes its time. A process that was stopped
 * says nothing, and so the server frees the locks of one that does not go on.
 */
export async function keepAlive<T>(trx: Executor, action: () => Promise<T>): Promise<T> {
  // A transaction that is over is told by the next write in it.
  const timer = setInterval(() => void sql`select 1`.execute(trx).catch(() => undefined), everyMs);
  try {
    return await action();
  } finally {
    clearInterval(timer);
  }
}
