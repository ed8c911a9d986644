import { planRequest } from "../../../build/request.ts";
import { pageOfCatalog, readBranch } from "../../operations/composition.ts";
import { builder } from "../builder.ts";
import { changeInput, readChange } from "../change.ts";
import { pageArguments, pageCost, pageWish } from "../pages.ts";
import { catalogRef, manifestRef, moduleRegistryRef, planRef } from "../types/composition.ts";

/** A branch is read from git, and its plan may ask registries for descriptors. */
const branchCost = 50;

/** Adds the fields to Query. */
export function compositionQueries(): void {
  builder.queryFields((t) => ({
    manifest: t.field({
      type: manifestRef,
      description: "modules.toml as it is.",
      complexity: branchCost,
      args: { manifestRef: t.arg.string({ description: "The branch; the default one where absent." }) },
      resolve: (_root, args, { plane }) => readBranch(plane, args.manifestRef ?? undefined),
    }),
    moduleRegistry: t.field({
      type: moduleRegistryRef,
      description: "The composition: modules in dependency order.",
      complexity: branchCost,
      args: { manifestRef: t.arg.string({ description: "The branch; the default one where absent." }) },
      resolve: (_root, args, { plane }) => readBranch(plane, args.manifestRef ?? undefined),
    }),
    catalog: t.field({
      type: catalogRef,
      description: "Modules that can be installed, by slug.",
      complexity: pageCost,
      args: { ...pageArguments, manifestRef: t.arg.string({ description: "The branch; the default one where absent." }) },
      resolve: (_root, args, { plane }) => pageOfCatalog(plane, { ...pageWish(args), branch: args.manifestRef ?? undefined }),
    }),
    plan: t.field({
      type: planRef,
      description: "What a change would do, and whether it may be made. Nothing is changed.",
      complexity: branchCost,
      args: { change: t.arg({ type: changeInput, required: true }), manifestRef: t.arg.string({ description: "The branch; the default one where absent." }) },
      resolve: async (_root, args, { plane }) => (await planRequest(plane, args.manifestRef ?? plane.config.branch, readChange(args.change))).plan,
    }),
  }));
}
