import { isAllowed } from "../../../access/authorize.ts";
import { eventTypeOf, journalEventTypes } from "../../../events/event-types.ts";
import type { RecordedEntry } from "../../../journal/journal.ts";
import { snakeCase } from "../../snake-case.ts";
import { builder } from "../builder.ts";
import { pageType } from "../pages.ts";

export const eventType = builder.enumType("EventType", { description: "Public types of event.", values: journalEventTypes });

const originRef = builder.objectRef<RecordedEntry>("EventOrigin").implement({
  description: "The request behind an event.",
  fields: (t) => ({
    requestId: t.exposeString("requestId", { nullable: true, description: "Of a worker's acts: the request that caused them." }),
    address: t.exposeString("address", { nullable: true, description: "The client's; null for Modyard's own acts." }),
    principalKind: t.string({ nullable: true, resolve: ({ principalKind }) => principalKind }),
    principalName: t.exposeString("principalName", { nullable: true }),
    asked: t.field({ type: "JSON", nullable: true, description: "What was asked for, without secrets.", resolve: ({ asked }) => asked }),
  }),
});

export const eventRef = builder.objectRef<RecordedEntry>("Event").implement({
  description: "One thing that happened, as the journal tells it: who did what to what, why, and the facts.",
  fields: (t) => ({
    id: t.exposeInt("id", { description: "It grows: what a reader goes on from." }),
    type: t.string({ description: "Its public type, such as `BuildCompleted`.", resolve: ({ action }) => eventTypeOf(action) }),
    at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
    actor: t.exposeString("actor"),
    action: t.exposeString("action", { description: "`subject.verb`." }),
    subjectType: t.exposeString("subjectType"),
    subjectId: t.exposeString("subjectId"),
    reason: t.exposeString("reason"),
    details: t.field({ type: "JSON", resolve: ({ details }) => snakeCase(details) }),
    origin: t.field({
      type: originRef,
      nullable: true,
      description: "Null to who may not see people.",
      resolve: (entry, _args, { principal }) => (isAllowed(principal, "people.read") ? entry : null),
    }),
  }),
});

export const eventPage = pageType("EventPage", eventRef);
