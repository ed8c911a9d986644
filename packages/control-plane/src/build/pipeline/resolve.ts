import { composeResolved } from "../../composition/compose.ts";
import { exactDelta } from "../../composition/delta.ts";
import type { Composition } from "../../composition/composition.ts";
import { patchBuild } from "../store.ts";
import { assertOk } from "./outcome.ts";
import type { Rendered } from "./render.ts";
import type { PipelineRun } from "./run.ts";

/** Declares the composition's modules with the toolchain's own means; the composition with exact versions. */
export async function resolve(run: PipelineRun, { plan, snapshot, tools }: Rendered): Promise<Composition> {
  const wanted = plan.composition.modules.map((module) => module.spec);
  const slugs = new Set(wanted.map((spec) => spec.slug));
  const removed = snapshot.manifest.modules.filter((spec) => !slugs.has(spec.slug));
  const outcome = await tools.toolchain.resolve(tools.context, wanted, removed);
  assertOk(outcome);
  const composition = composeResolved(plan.composition, outcome.resolved ?? []);
  await patchBuild(run.context.handle.db, run.build.id, { composition: JSON.stringify(composition), modulesDelta: JSON.stringify(exactDelta(plan.delta, composition)) }, run.build);
  return composition;
}
