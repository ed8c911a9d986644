import { eventTypeOf } from "../event-types.ts";
import type { RecordedEntry } from "../../journal/journal.ts";

/** Which events a webhook wants: empty lists want all. */
export interface EventFilter {
  readonly types: readonly string[];
  readonly environments: readonly string[];
}

/** Whether an entry is to be sent by itself. The entries of tests are sent to the webhook that is tested, at once. */
export function matches(entry: RecordedEntry, { types, environments }: EventFilter): boolean {
  if (entry.action === "webhook.tested") return false;
  if (types.length > 0 && !types.includes(eventTypeOf(entry.action))) return false;
  if (environments.length === 0) return true;
  const environment = environmentOf(entry);
  return environment !== undefined && environments.includes(environment);
}

/** The environment that an entry is about; of a build that is to be deployed, the one that it is for. */
export function environmentOf({ subjectType, subjectId, details }: RecordedEntry): string | undefined {
  const named = details["environment"] ?? details["deployTo"] ?? (subjectType === "environment" ? subjectId : undefined);
  return typeof named === "string" ? named : undefined;
}
