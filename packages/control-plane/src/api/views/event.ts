import { z } from "zod";
import { buildProgressView } from "../../events/build-progress.ts";
import { journalEventTypes, progressType, type JournalEventType } from "../../events/event-types.ts";
import { json } from "./common.ts";
import { eventDetails } from "./event-details.ts";
import { journalEntryView } from "./journal.ts";

/** How far a build is, as the stream tells it: without an id, for it is in no journal. */
const progressEventView = buildProgressView.extend({ type: z.literal(progressType) });

/** The data of an event of the journal, by its type. */
function eventView(type: JournalEventType) {
  return z.looseObject({ ...journalEntryView.shape, type: z.literal(type), details: eventDetails[type] ?? json });
}

/** The data of every event on the stream; the `data` of every webhook, which has no progress. */
export const anyEventView = z.union([...journalEventTypes.map(eventView), progressEventView]).describe("The data of an event of Modyard, by its `type`. A webhook's body is {type, timestamp, data} with such a `data`.");

/** The published JSON Schema of it: its file name and its whole text. */
export function publishedEventSchema(): { readonly name: string; readonly text: string } {
  return { name: "events.json", text: `${JSON.stringify(z.toJSONSchema(anyEventView, { io: "output", unrepresentable: "any" }), null, 2)}\n` };
}
