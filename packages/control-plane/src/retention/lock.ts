import { hostname } from "node:os";
import type { RetentionContext } from "./context.ts";

/**
 * Runs the action while this process alone removes things from the data directory: a lock that the database takes back from a process that
 * dies. Undefined: another is at it. Each machine looks after its own directory.
 */
export async function aloneInRetention<T>({ handle, dataDirectory }: RetentionContext, action: () => Promise<T>): Promise<T | undefined> {
  const client = await handle.pool.connect();
  const key = `retention ${hostname()} ${dataDirectory}`;
  let isHeld = false;
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtextextended($1, 0)) as held", [key]);
    isHeld = rows[0]?.held === true;
    return isHeld ? await action() : undefined;
  } finally {
    // A connection that cannot give the lock back is closed, which does.
    const unlocked = !isHeld || (await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [key]).then(() => true, () => false));
    client.release(!unlocked);
  }
}
