import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import { eventTypeOf, isAboutAccess } from "../event-types.ts";

/** Which events a webhook wants. Without types: all but those about people and tokens; without environments: of all of them. */
export interface EventFilter {
  readonly types: readonly string[];
  readonly environments: readonly string[];
}

/** The entries that a webhook wants. The entries of tests are sent to the webhook that is tested, at once, and to no other. */
export async function wantedOf(db: Executor, entries: readonly RecordedEntry[], { types, environments }: EventFilter): Promise<readonly RecordedEntry[]> {
  const ofType = entries.filter(({ action }) => action !== "webhook.tested" && (types.length === 0 ? !isAboutAccess(action) : types.includes(eventTypeOf(action))));
  if (environments.length === 0 || ofType.length === 0) return ofType;
  const targets = await targetsOf(db, ofType);
  return ofType.filter((entry) => {
    const environment = environmentOf(entry) ?? targets.get(buildOf(entry) ?? "");
    return environment !== undefined && environments.includes(environment);
  });
}

/** The environment that an entry names. */
function environmentOf({ subjectType, subjectId, details }: RecordedEntry): string | undefined {
  const named = details["environment"] ?? details["deployTo"] ?? (subjectType === "environment" ? subjectId : undefined);
  return typeof named === "string" ? named : undefined;
}

/** The build that an entry is about, as a UUID. */
function buildOf({ subjectType, subjectId, details }: RecordedEntry): string | undefined {
  const named = subjectType === "build" ? subjectId : details["buildId"];
  return typeof named === "string" ? toUuid("bld", named) : undefined;
}

/** Which environment each build is for that the entries are about. */
async function targetsOf(db: Executor, entries: readonly RecordedEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.flatMap((entry) => buildOf(entry) ?? []))];
  const rows = ids.length === 0 ? [] : await db.selectFrom("builds").select(["id", "deployTo"]).where("id", "in", ids).where("deployTo", "is not", null).execute();
  return new Map(rows.flatMap(({ id, deployTo }) => (deployTo === null ? [] : [[id, deployTo] as const])));
}
