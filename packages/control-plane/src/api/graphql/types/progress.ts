import type { Build } from "../../../build/store.ts";
import { builder } from "../builder.ts";
import { buildRef } from "../refs.ts";
import { buildStage, buildStatus } from "./build.ts";

export const buildProgressRef = builder.objectRef<Build>("BuildProgress").implement({
  description: "How far a build is.",
  fields: (t) => ({
    build: t.field({ type: buildRef, resolve: (build) => build }),
    status: t.field({ type: buildStatus, resolve: ({ status }) => status }),
    stage: t.field({ type: buildStage, resolve: ({ stage }) => stage }),
    step: t.string({ nullable: true, description: "The step that runs, or ran last.", resolve: async ({ id }, _args, { loaders }) => (await loaders.stepsOfBuild.load(id)).at(-1)?.name }),
    progress: t.exposeInt("progress", { description: "0 to 100." }),
    attempt: t.exposeInt("attempt"),
  }),
});
