import { sql } from "kysely";
import type { DatabaseHandle } from "../database/connection.ts";
import { appendJournal } from "../journal/journal.ts";
import type { Observation, ObservedRelease } from "./targets/target.ts";

/** An application that crashes for days must not fill the journal: what is beyond is in the gateway's log and in `restarts`. */
const mostPerTenMinutes = 5;

/** Journals that a release was started again by its driver: each restart that is seen once. */
export async function recordRestarts(handle: DatabaseHandle, environment: string, observed: Observation): Promise<void> {
  for (const release of observed.releases) await recordRestart(handle, environment, release);
}

async function recordRestart({ db }: DatabaseHandle, environment: string, { releaseId, restarts, lastRestart }: ObservedRelease): Promise<void> {
  if (lastRestart === undefined) return;
  const { rows } = await sql<{ known: boolean; recent: number }>`
    select coalesce(bool_or(details ->> 'at' = ${lastRestart.at}), false) as known, (count(*) filter (where at > now() - interval '10 minutes'))::int as recent
    from journal where subject_id = ${releaseId} and action = 'release.restarted'`.execute(db);
  const [{ known, recent } = { known: false, recent: 0 }] = rows;
  if (known || recent >= mostPerTenMinutes) return;
  const { at, kind, reason } = lastRestart;
  const details = { environment, at, kind, restarts };
  await db.transaction().execute((trx) => appendJournal(trx, { actor: "modyard", action: "release.restarted", subjectType: "release", subjectId: releaseId, reason, details }));
}
