import { z } from "zod";
import { toPublicId } from "../../database/identifiers.ts";
import type { RecordedEntry } from "../../journal/journal.ts";
import { json } from "./common.ts";
import { journalEntryView, showEntry } from "./journal.ts";

const originView = z.object({
  request_id: z.string().nullable().describe("The HTTP request, as its answer names it; of a worker's acts the one that caused them."),
  address: z.string().nullable(),
  principal: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable().describe("Who really acted, whatever name the request gave."),
  asked: json.describe("Operation and input, without secrets."),
});

/** An entry with where it came from, for those who may see people. */
const journalRecordView = journalEntryView.extend({
  origin: originView.nullable().describe("Where it came from. Null for what Modyard did by itself, for entries of older versions, and for who may not see people."),
}).meta({ id: "JournalEntry" });

/** A page of the journal. */
export const journalRecordsView = z.object({ events: z.array(journalRecordView), next_cursor: z.string().nullable() });

/** An entry as pages show it; `withOrigin`: to somebody who may see people. */
export function showRecord(entry: RecordedEntry, withOrigin: boolean): z.output<typeof journalRecordView> {
  return { ...showEntry(entry), origin: withOrigin ? originOf(entry) : null };
}

function originOf({ requestId, address, principalKind: kind, principalId: id, principalName: name, asked }: RecordedEntry): z.output<typeof originView> | null {
  if (requestId === null && address === null && kind === null) return null;
  const principal = kind === null || id === null || name === null ? null : { kind, id: toPublicId(kind === "person" ? "per" : "tok", id), name };
  return { request_id: requestId, address, principal, asked };
}
