import { z } from "zod";
import { readLog } from "../../../build/log.ts";
import { isFinal } from "../../../build/states.ts";
import { getBuild } from "../../../build/store.ts";
import { pageOfBuilds } from "../../operations/builds.ts";
import { parseArguments } from "../arguments.ts";
import { builder } from "../builder.ts";
import { largestPage } from "../limits/limits.ts";
import { pageArguments, pageCost, pageWish } from "../pages.ts";
import { buildRef } from "../refs.ts";
import { buildPage, buildStatus } from "../types/build.ts";
import { logPage } from "../types/log.ts";

const logSchema = z.object({ first: z.int().min(1).max(largestPage), after: z.int().min(0) });

/** Adds the fields to Query. */
export function buildQueries(): void {
  builder.queryFields((t) => ({
    builds: t.field({
      type: buildPage,
      description: "Builds, newest first.",
      complexity: pageCost,
      args: { ...pageArguments, status: t.arg({ type: buildStatus }), manifestRef: t.arg.string(), deployTo: t.arg.string() },
      resolve: (_root, { status, manifestRef, deployTo, ...page }, { plane }) =>
        pageOfBuilds(plane, { ...pageWish(page), status: status ?? undefined, branch: manifestRef ?? undefined, deployTo: deployTo ?? undefined }),
    }),
    build: t.field({
      type: buildRef,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, { plane }) => getBuild(plane.handle.db, id),
    }),
    buildLog: t.field({
      type: logPage,
      description: "Lines of a build's log after the one numbered `after`. Live as a subscription.",
      complexity: pageCost,
      args: { id: t.arg.id({ required: true }), first: t.arg.int({ required: true, defaultValue: largestPage }), after: t.arg.int({ required: true, defaultValue: 0 }) },
      resolve: async (_root, { id, ...wish }, { plane: { handle } }) => {
        const { first, after } = parseArguments(logSchema, wish);
        // Asked before the lines: what was written before the end is then read for certain.
        const build = await getBuild(handle.db, id);
        const lines = await readLog(handle.db, build.id, after, first);
        return { lines, after: lines.at(-1)?.line ?? after, complete: isFinal(build.status) && lines.length < first };
      },
    }),
  }));
}
