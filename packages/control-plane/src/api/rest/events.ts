import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { isAllowed } from "../../access/authorize.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { actionsOf, eventTypes, progressType } from "../../events/event-types.ts";
import { watchProgress, type ProgressWatch } from "../../events/progress-watch.ts";
import { journalChannel, readJournal, type RecordedEntry } from "../../journal/journal.ts";
import { principalOf } from "../authenticate.ts";
import { pageOfEvents } from "../operations/events.ts";
import { streamEvents, type EventSource } from "../sse.ts";
import { showEntry } from "../views/journal.ts";
import { journalRecordsView, showRecord } from "../views/journal-record.ts";
import type { Api } from "./app.ts";

const typesFilter = z
  .string()
  .max(2_000)
  .transform((text) => text.split(",").map((each) => each.trim()))
  .pipe(z.array(z.enum(eventTypes)))
  .optional()
  .describe("Only these types of event, separated by commas, e.g. `BuildCompleted,BuildFailed`.");

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

const query = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.coerce.number().int().min(1).optional(),
  subject: z.string().max(200).optional(),
  types: typesFilter,
  actor: z.string().max(200).optional().describe("Of pages only."),
  action: z.string().max(100).optional().describe("`subject.verb`, or all of a subject: `build.*`; of pages only."),
  environment: z.string().max(100).optional().describe("What is about this environment; of pages only."),
  request_id: z.string().max(200).optional().describe("What this request did and caused; of pages only."),
  since: time.describe("Of pages only."),
  until: time.describe("Not that moment itself; of pages only."),
  q: z.string().max(200).optional().describe("Words of the reason and the details, or how they begin; of pages only."),
  after: z.coerce.number().int().min(0).optional().describe("For the stream: the last event that the client has; `Last-Event-ID` wins."),
});

type Query = z.output<typeof query>;

const description =
  "As `text/event-stream`, each event has its type as its name and its number as its id: `Last-Event-ID` loses nothing. `BuildProgress` comes without an id, several times a second at most, and first for every build that runs; it is in no page.";

/** The journal: newest first as pages, or live as server-sent events from `Last-Event-ID` on. */
export function eventRoutes(api: Api, plane: ControlPlane): void {
  api.get("/events", { config: { permission: "read" }, schema: { operationId: "listEvents", tags: ["journal"], summary: "The journal, as a page or as a live stream", description, querystring: query, response: { 200: journalRecordsView } } }, async (request, reply) => {
    if (request.headers.accept?.includes("text/event-stream")) {
      await streamEvents(request, reply, lastEventOf(request, request.query), journalSource(plane, request.query));
      return reply;
    }
    const { cursor, request_id: requestId, q: text, after: _, ...wish } = request.query;
    const { items, next } = await pageOfEvents(plane, { ...wish, requestId, text, ...(cursor !== undefined && { cursor: String(cursor) }) });
    const withOrigin = isAllowed(principalOf(request), "people.read");
    return { events: items.map((entry) => showRecord(entry, withOrigin)), next_cursor: next };
  });
}

function lastEventOf(request: FastifyRequest, { after }: Query): number {
  const last = Number(request.headers["last-event-id"] ?? after ?? 0);
  return Number.isSafeInteger(last) ? last : 0;
}

const endsOfBuilds: readonly string[] = ["build.succeeded", "build.failed", "build.cancelled"];

/** The journal's entries, and beside them how far running builds are, unless the reader wants other types only. */
function journalSource({ handle: { db }, listener }: ControlPlane, { subject, types }: Query): EventSource {
  const filters = { limit: 500, ...(subject !== undefined && { subjectId: subject }), ...(types !== undefined && { actions: actionsOf(types) }) };
  const withProgress = types === undefined || types.includes(progressType);
  let progress: ProgressWatch | undefined;
  const show = (entry: RecordedEntry) => {
    if (endsOfBuilds.includes(entry.action)) progress?.forget(entry.subjectId);
    const data = showEntry(entry);
    return { id: entry.id, event: data.type, data };
  };
  return {
    read: async (after) => (await readJournal(db, { ...filters, after })).map(show),
    readAsides: async () => ((await progress?.take()) ?? []).map((progressNow) => ({ event: progressType, data: { type: progressType, ...progressNow } })),
    subscribe: (wake) => {
      if (withProgress) progress = watchProgress(db, listener, wake, subject);
      const unsubscribe = listener.subscribe(journalChannel, wake);
      return () => {
        unsubscribe();
        progress?.stop();
      };
    },
  };
}
