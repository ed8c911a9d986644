import type { Plan } from "../../composition/plan.ts";
import { assertPlanFree } from "../../composition/plan-hash.ts";
import type { Toolchain, ToolchainContext } from "../../toolchains/toolchain.ts";
import { keyOf } from "../host/key-of.ts";
import { writeInside } from "../host/checkout.ts";
import { planChange } from "../planner.ts";
import { patchBuild } from "../store.ts";
import type { PipelineRun } from "./run.ts";
import type { Source } from "./source.ts";

/** The toolchain and what it works on. */
export interface Tools {
  readonly toolchain: Toolchain;
  readonly context: ToolchainContext;
}

/** The change applied to this very commit. */
export interface Rendered extends Source {
  readonly plan: Plan;
  readonly tools: Tools;
  readonly key: string;
}

/** Plans the change again on this commit and writes the new manifest. What has become impossible fails here, by name. */
export async function render(run: PipelineRun, source: Source): Promise<Rendered> {
  const { context, build } = run;
  const { snapshot, checkout } = source;
  const plan = await planChange(context, snapshot, build.change);
  for (const warning of plan.warnings) run.log(`warning: ${warning.message}`);
  assertPlanFree(plan);
  writeInside(checkout.directory, "modules.toml", plan.manifestText);
  const toolchain = context.toolchains(snapshot.host.toolchain);
  const key = await keyOf(snapshot, toolchain, plan.composition);
  const facts = { sourceCommit: snapshot.commit, manifestHash: plan.manifestHashAfter, modulesDelta: JSON.stringify(plan.delta) };
  await patchBuild(context.handle.db, build.id, facts, build);
  run.log(describe(plan));
  const tools = { toolchain, context: run.toolchainContext(source) };
  return { ...source, plan, tools, key };
}

function describe({ delta, order }: Plan): string {
  const changes = [
    ...delta.added.map(({ slug, version }) => `+ ${slug} ${version}`),
    ...delta.removed.map(({ slug, version }) => `- ${slug} ${version}`),
    ...delta.changed.map(({ slug, from, to }) => `~ ${slug} ${from} -> ${to}`),
  ];
  return changes.length === 0 ? `no change of the modules: ${order.join(", ")}` : changes.join(", ");
}
