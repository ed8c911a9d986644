import type { Plan } from "../../../composition/plan.ts";
import { registeredModules, type BranchState, type CatalogPage } from "../../operations/composition.ts";
import { builder } from "../builder.ts";
import { composedModuleRef, deltaRef, offeredModuleRef, registeredModuleRef, specRef } from "./modules.ts";
import { problemRef } from "./problem.ts";

export const manifestRef = builder.objectRef<BranchState>("Manifest").implement({
  description: "modules.toml as it is on a branch.",
  fields: (t) => ({
    manifestRef: t.string({ description: "The branch.", resolve: ({ branch }) => branch }),
    commit: t.string({ resolve: ({ snapshot }) => snapshot.commit }),
    manifestHash: t.string({ resolve: ({ plan }) => plan.manifestHashBefore }),
    text: t.string({ resolve: ({ snapshot }) => snapshot.manifestText }),
    app: t.string({ resolve: ({ snapshot }) => snapshot.manifest.app }),
    modules: t.field({ type: [specRef], resolve: ({ snapshot }) => snapshot.manifest.modules }),
    defaultEnabled: t.stringList({ resolve: ({ snapshot }) => snapshot.manifest.settings.defaultEnabled }),
  }),
});

export const moduleRegistryRef = builder.objectRef<BranchState>("ModuleRegistry").implement({
  description: "The composition of a branch: its modules in dependency order, as the generated registry has them.",
  fields: (t) => ({
    manifestHash: t.string({ resolve: ({ plan }) => plan.manifestHashAfter }),
    modules: t.field({ type: [registeredModuleRef], resolve: ({ plan }) => registeredModules(plan) }),
    blockers: t.field({ type: [problemRef], description: "Problems for which it could not be built.", resolve: ({ plan }) => plan.blockers }),
    warnings: t.field({ type: [problemRef], resolve: ({ plan }) => plan.warnings }),
  }),
});

export const catalogRef = builder.objectRef<CatalogPage>("Catalog").implement({
  description: "Modules that can be installed, by slug.",
  fields: (t) => ({
    nodes: t.field({ type: [offeredModuleRef], complexity: { field: 0, multiplier: 1 }, resolve: ({ items }) => items }),
    nextCursor: t.string({ nullable: true, description: "What the next page is asked for by, as `after`; null on the last one.", resolve: ({ next }) => next }),
    problems: t.field({ type: [problemRef], complexity: { field: 0, multiplier: 1 }, description: "What is wrong with the catalog's files.", resolve: ({ problems }) => problems }),
  }),
});

export const planRef = builder.objectRef<Plan>("Plan").implement({
  description: "What a change would do, and whether it may be made.",
  fields: (t) => ({
    planHash: t.exposeString("planHash", { description: "Who gives it to a mutation confirms exactly this plan: another plan by then is refused." }),
    manifestHashBefore: t.exposeString("manifestHashBefore"),
    manifestHashAfter: t.exposeString("manifestHashAfter"),
    mayBeBuilt: t.boolean({ resolve: ({ blockers }) => blockers.length === 0 }),
    delta: t.field({ type: deltaRef, resolve: ({ delta }) => delta }),
    order: t.stringList({ description: "Slugs of the result in dependency order.", resolve: ({ order }) => order }),
    alongInstalled: t.stringList({ resolve: ({ alongInstalled }) => alongInstalled }),
    alongUninstalled: t.stringList({ resolve: ({ alongUninstalled }) => alongUninstalled }),
    blockers: t.field({ type: [problemRef], resolve: ({ blockers }) => blockers }),
    warnings: t.field({ type: [problemRef], resolve: ({ warnings }) => warnings }),
    unverified: t.stringList({ description: "Known by the catalog's word only.", resolve: ({ unverified }) => unverified }),
    modules: t.field({ type: [composedModuleRef], resolve: ({ composition }) => composition.modules }),
    manifestText: t.exposeString("manifestText"),
  }),
});
