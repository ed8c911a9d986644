import { z } from "zod";
import type { Plan } from "../../composition/plan.ts";
import { snakeCase } from "../snake-case.ts";
import { deltaView, json, problemView } from "./common.ts";

/** A plan as the API shows it. */
export const planView = z.object({
  schema: z.literal(1),
  plan_hash: z.string(),
  manifest_hash_before: z.string(),
  manifest_hash_after: z.string(),
  may_be_built: z.boolean(),
  delta: deltaView,
  order: z.array(z.string()),
  along_installed: z.array(z.string()),
  along_uninstalled: z.array(z.string()),
  blockers: z.array(problemView),
  warnings: z.array(problemView),
  unverified: z.array(z.string()),
  modules: z.array(z.object({ slug: z.string(), name: z.string(), version: z.string() }).catchall(json)),
  manifest_text: z.string(),
  expected_seconds: z.number().nullable().describe("How long the last builds took, as a median; null before there are any."),
}).meta({ id: "Plan" });

export type PlanView = z.output<typeof planView>;

export function showPlan(plan: Plan, expectedSeconds: number | null): PlanView {
  const { composition, change: _, ...shown } = plan;
  return planView.parse({ ...(snakeCase(shown) as object), expected_seconds: expectedSeconds, may_be_built: plan.blockers.length === 0, modules: composition.modules.map((module) => snakeCase(module)) });
}
