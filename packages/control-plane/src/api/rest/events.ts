import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { journalChannel, readJournal, readNewestJournal, type RecordedEntry } from "../../journal/journal.ts";
import { snakeCase } from "../snake-case.ts";
import { streamEvents } from "../sse.ts";
import { journalEntryView, journalView } from "../views/journal.ts";
import type { Api } from "./app.ts";

const query = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.coerce.number().int().min(1).optional(),
  subject: z.string().max(200).optional(),
  actor: z.string().max(200).optional().describe("Of pages only."),
  action: z.string().max(100).optional().describe("`subject.verb`; of pages only."),
  after: z.coerce.number().int().min(0).optional().describe("For the stream: the last event that the client has; `Last-Event-ID` wins."),
});

/** The journal: newest first as pages, or live as server-sent events from `Last-Event-ID` on. */
export function eventRoutes(api: Api, plane: ControlPlane): void {
  const { db } = plane.handle;
  api.get("/events", { config: { permission: "read" }, schema: { operationId: "listEvents", tags: ["journal"], summary: "The journal, as a page or as a live stream", querystring: query, response: { 200: journalView } } }, async (request, reply) => {
    const { limit, cursor, subject, actor, action, after } = request.query;
    if (request.headers.accept?.includes("text/event-stream")) {
      const last = Number(request.headers["last-event-id"] ?? after ?? 0);
      await streamEvents(request, reply, Number.isSafeInteger(last) ? last : 0, {
        read: async (from) => (await readJournal(db, { after: from, limit: 500, ...(subject !== undefined && { subjectId: subject }) })).map((entry) => ({ id: entry.id, event: entry.action, data: show(entry) })),
        subscribe: (wake) => plane.listener.subscribe(journalChannel, wake),
      });
      return reply;
    }
    const found = await readNewestJournal(db, { limit: limit + 1, ...(cursor !== undefined && { before: cursor }), ...(subject !== undefined && { subjectId: subject }), ...(actor !== undefined && { actor }), ...(action !== undefined && { action }) });
    const page = found.slice(0, limit);
    return { events: page.map(show), next_cursor: found.length > limit ? String(page.at(-1)?.id ?? "") : null };
  });
}

function show(entry: RecordedEntry): z.output<typeof journalEntryView> {
  const { details, ...rest } = entry;
  return journalEntryView.parse({ ...(snakeCase(rest) as object), details: snakeCase(details) });
}
