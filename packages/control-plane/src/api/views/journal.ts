import { z } from "zod";
import { eventTypeOf } from "../../events/event-types.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import { snakeCase } from "../snake-case.ts";
import { json } from "./common.ts";

/** An entry of the journal as the API shows it. */
export const journalEntryView = z.object({ id: z.number(), type: z.string().describe("Its public type of event, e.g. `BuildCompleted`."), at: z.string(), actor: z.string(), action: z.string(), subject_type: z.string(), subject_id: z.string(), reason: z.string(), details: json }).meta({ id: "JournalEvent" });

/** A page of the journal. */
export const journalView = z.object({ events: z.array(journalEntryView), next_cursor: z.string().nullable() });

/** An entry as the API, streams of events and webhooks show it. */
export function showEntry({ details, ...entry }: RecordedEntry): z.output<typeof journalEntryView> {
  return journalEntryView.parse({ ...(snakeCase(entry) as object), type: eventTypeOf(entry.action), details: snakeCase(details) });
}
