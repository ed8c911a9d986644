import { sql } from "kysely";
import { lockBuild } from "../../build/store.ts";
import { toUuid } from "../../database/identifiers.ts";
import { collectBuilds } from "../collect/releases.ts";
import type { RetentionContext } from "../context.ts";
import type { KeptItem } from "../facts.ts";
import { oldestKey } from "../plan-retention.ts";
import { protection } from "../protect.ts";

/** Puts one line that says so in the place of a build's log. The line's number goes on, so that readers who resume see it. */
export async function removeBuildLog({ handle, budget }: RetentionContext, item: KeptItem): Promise<boolean> {
  const id = toUuid("bld", item.name);
  if (id === undefined) return false;
  return handle.db.transaction().execute(async (trx) => {
    const build = await lockBuild(trx, id, undefined);
    if (build.finishedAt === null || protection({ releases: [], builds: await collectBuilds(trx) }, budget.releases)(item) !== undefined) return false;
    await sql`
      with last as (select max(line) as line from build_logs where build_id = ${id}),
        gone as (delete from build_logs where build_id = ${id})
      insert into build_logs (build_id, line, step, stream, text)
        select ${id}, line + 1, 'modyard', 'modyard', 'the log was removed to make room; it was older than ' || ${String(budget.days)} || ' days' from last where line is not null`.execute(trx);
    await trx.updateTable("builds").set({ logsRemovedAt: new Date() }).where("id", "=", id).execute();
    return true;
  });
}

/** Forgets the answers to requests with an Idempotency-Key after a day. */
export async function removeKeys({ handle }: RetentionContext): Promise<boolean> {
  const removed = await handle.db.deleteFrom("idempotencyKeys").where("createdAt", "<", oldestKey(new Date())).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}
