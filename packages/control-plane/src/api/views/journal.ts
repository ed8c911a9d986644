import { z } from "zod";
import { json } from "./common.ts";

/** An entry of the journal as the API shows it. */
export const journalEntryView = z.object({ id: z.number(), at: z.string(), actor: z.string(), action: z.string(), subject_type: z.string(), subject_id: z.string(), reason: z.string(), details: json });

/** A page of the journal. */
export const journalView = z.object({ events: z.array(journalEntryView), next_cursor: z.string().nullable() });
