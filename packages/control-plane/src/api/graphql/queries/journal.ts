import { z } from "zod";
import { listLeases } from "../../../deployment/leases.ts";
import { journalEventTypes } from "../../../events/event-types.ts";
import { pageOfEvents } from "../../operations/events.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import { withoutNulls } from "../change.ts";
import { pageArguments, pageCost, pageWish } from "../pages.ts";
import { eventPage, eventType } from "../types/journal.ts";
import { leaseRef } from "../types/lease.ts";
import { principalRef } from "../types/principal.ts";

const name = z.string().max(200).optional();
const filterSchema = z.strictObject({ types: z.array(z.enum(journalEventTypes)).optional(), subject: name, actor: name, action: name, environment: name, text: name });

/** Adds the fields to Query. */
export function journalQueries(): void {
  builder.queryFields((t) => ({
    events: t.field({
      type: eventPage,
      description: "The journal, newest first. Live, and oldest first, as a subscription.",
      complexity: pageCost,
      args: {
        ...pageArguments,
        types: t.arg({ type: [eventType], description: "Only events of these public types." }),
        subject: t.arg.string({ description: "The identifier of what it happened to." }),
        actor: t.arg.string(),
        action: t.arg.string({ description: "`subject.verb`, or all of a subject: `build.*`." }),
        environment: t.arg.string(),
        text: t.arg.string({ description: "Words of the reason and the details, or how they begin." }),
      },
      resolve: (_root, { first, after, ...filter }, { plane }) => pageOfEvents(plane, { ...pageWish({ first, after }), ...parseArguments(filterSchema, withoutNulls(filter)) }),
    }),
    leases: t.field({
      type: [leaseRef],
      description: "What is under way, and who holds it.",
      resolve: (_root, _args, { plane }) => listLeases(plane.handle),
    }),
    me: t.field({
      type: principalRef,
      description: "Who asks.",
      resolve: (_root, _args, { principal }) => principal,
    }),
  }));
}
