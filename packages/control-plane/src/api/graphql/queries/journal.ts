import { listLeases } from "../../../deployment/leases.ts";
import { pageOfEvents } from "../../operations/events.ts";
import { builder } from "../builder.ts";
import { pageArguments, pageCost, pageWish } from "../pages.ts";
import { eventPage } from "../types/journal.ts";
import { leaseRef } from "../types/lease.ts";
import { principalRef } from "../types/principal.ts";

/** Adds the fields to Query. */
export function journalQueries(): void {
  builder.queryFields((t) => ({
    events: t.field({
      type: eventPage,
      description: "The journal, newest first. Live, and oldest first, as a subscription.",
      complexity: pageCost,
      args: { ...pageArguments, subject: t.arg.string(), actor: t.arg.string(), action: t.arg.string({ description: "`subject.verb`." }) },
      resolve: (_root, { subject, actor, action, ...page }, { plane }) => pageOfEvents(plane, { ...pageWish(page), subject: subject ?? undefined, actor: actor ?? undefined, action: action ?? undefined }),
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
