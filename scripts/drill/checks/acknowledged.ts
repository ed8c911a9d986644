import { toUuid } from "../../../packages/control-plane/src/database/identifiers.ts";
import type { Acknowledged } from "../ledger.ts";
import type { Site } from "../site.ts";

/** Acknowledged requests without their row, their journal entry, or an end. */
export async function lostAcknowledgements({ database }: Site, ledger: readonly Acknowledged[]): Promise<readonly string[]> {
  const lost = await Promise.all(ledger.map(async (each) => {
    const why = await whatIsMissing(database, each);
    return why === undefined ? [] : [`${each.what} (${each.id}): ${why}`];
  }));
  return lost.flat();
}

async function whatIsMissing(database: Site["database"], { kind, id }: Acknowledged): Promise<string | undefined> {
  const table = kind === "build" ? "builds" : "deployments";
  const [row] = await database.patientQuery<{ status: string }>(`select status from ${table} where id = $1`, [toUuid(kind === "build" ? "bld" : "dpl", id)]);
  if (row === undefined) return "it is not in the database";
  if (row.status === "queued" || row.status === "running") return `it is ${row.status}`;
  const actions = kind === "build" ? ["build.requested", "build.joined", "build.folded"] : ["deployment.requested"];
  const [told] = await database.patientQuery("select 1 from journal where subject_id = $1 and action = any($2) limit 1", [id, actions]);
  return told === undefined ? "the journal does not tell of it" : undefined;
}
