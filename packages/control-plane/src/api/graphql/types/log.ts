import type { LogLine } from "../../../build/log.ts";
import { builder } from "../builder.ts";

export const logLineRef = builder.objectRef<LogLine>("LogLine").implement({
  description: "A line of a build's log.",
  fields: (t) => ({
    line: t.exposeInt("line", { description: "From 1, without gaps: what a reader goes on from." }),
    step: t.exposeString("step"),
    stream: t.string({ description: "stdout, stderr or modyard.", resolve: ({ stream }) => stream }),
    at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
    text: t.exposeString("text", { description: "With its colours; programs that show it must not obey it." }),
  }),
});

export const logPage = builder.objectRef<{ readonly lines: readonly LogLine[]; readonly after: number; readonly complete: boolean }>("LogPage").implement({
  description: "Lines of a build's log, and how to go on.",
  fields: (t) => ({
    lines: t.field({ type: [logLineRef], complexity: { field: 0, multiplier: 1 }, resolve: ({ lines }) => lines }),
    nextAfter: t.int({ description: "What the next lines are asked for by, as `after`.", resolve: ({ after }) => after }),
    complete: t.exposeBoolean("complete", { description: "The build is over and nothing follows." }),
  }),
});
