import type { RecordedEntry } from "../../../journal/journal.ts";
import { snakeCase } from "../../snake-case.ts";
import { builder } from "../builder.ts";
import { pageType } from "../pages.ts";

export const eventRef = builder.objectRef<RecordedEntry>("Event").implement({
  description: "One thing that happened, as the journal tells it: who did what to what, why, and the facts.",
  fields: (t) => ({
    id: t.exposeInt("id", { description: "It grows: what a reader goes on from." }),
    at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
    actor: t.exposeString("actor"),
    action: t.exposeString("action", { description: "`subject.verb`." }),
    subjectType: t.exposeString("subjectType"),
    subjectId: t.exposeString("subjectId"),
    reason: t.exposeString("reason"),
    details: t.field({ type: "JSON", resolve: ({ details }) => snakeCase(details) }),
  }),
});

export const eventPage = pageType("EventPage", eventRef);
