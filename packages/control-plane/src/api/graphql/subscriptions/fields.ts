import { z } from "zod";
import { logChannel, readLog } from "../../../build/log.ts";
import { isFinal } from "../../../build/states.ts";
import { findBuild, getBuild } from "../../../build/store.ts";
import type { ControlPlane } from "../../../control-plane.ts";
import { actionsOf } from "../../../events/event-types.ts";
import { journalChannel, readJournal } from "../../../journal/journal.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import type { GraphqlContext } from "../context.ts";
import { eventRef, eventType } from "../types/journal.ts";
import { logLineRef } from "../types/log.ts";
import { buildProgressRef } from "../types/progress.ts";
import { follow } from "./follow.ts";
import { followProgress } from "./progress.ts";

const numberSchema = z.int().min(0);
const batch = 500;

/** Adds the fields to Subscription. */
export function subscriptions(): void {
  builder.subscriptionFields((t) => ({
    buildProgress: t.field({
      type: buildProgressRef,
      description: "How far a build is: at first as it is now, then whenever that changes, until it is over.",
      args: { id: t.arg.id({ required: true }) },
      subscribe: (_root, { id }, context) => followProgress(context, id),
      resolve: (progress) => progress,
    }),
    buildLog: t.field({
      type: logLineRef,
      description: "A build's log from the line after `after` on, until the build is over.",
      args: { id: t.arg.id({ required: true }), after: t.arg.int({ required: true, defaultValue: 0 }) },
      subscribe: async (_root, { id, after }, context) => {
        const { plane } = context;
        const build = await getBuild(plane.handle.db, id);
        return follow(context, {
          after: start(context, after),
          read: (from) => readLog(plane.handle.db, build.id, from, batch),
          idOf: ({ line }) => line,
          subscribe: (wake) => plane.listener.subscribe(logChannel, (payload) => (payload === undefined || payload === build.id) && wake()),
          isOver: () => isOver(plane, build.id),
        });
      },
      resolve: (line) => line,
    }),
    events: t.field({
      type: eventRef,
      description: "The journal from the event after `after` on, oldest first, and what comes then.",
      args: { after: t.arg.int({ required: true, defaultValue: 0 }), types: t.arg({ type: [eventType] }), subject: t.arg.string() },
      subscribe: (_root, { after, types, subject }, context) =>
        follow(context, {
          after: start(context, after),
          read: (from) => readJournal(context.plane.handle.db, { after: from, limit: batch, ...(Array.isArray(types) && { actions: actionsOf(types) }), ...(typeof subject === "string" && { subjectId: subject }) }),
          idOf: ({ id }) => id,
          subscribe: (wake) => context.plane.listener.subscribe(journalChannel, wake),
        }),
      resolve: (event) => event,
    }),
  }));
}

/** A browser that connects again says by its header what it has; its address says what it had at first. */
function start({ lastEventId }: GraphqlContext, after: number): number {
  return parseArguments(numberSchema, lastEventId ?? after);
}

async function isOver({ handle }: ControlPlane, id: string): Promise<boolean> {
  const build = await findBuild(handle.db, id);
  return build === undefined || isFinal(build.status);
}
