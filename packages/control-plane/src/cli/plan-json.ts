import { showPlan } from "../api/views/plan.ts";
import type { Plan } from "../composition/plan.ts";
import { problemJson } from "./problem-json.ts";

/** A plan as the API shows it, with problems as all of the command line's output has them. */
export function planJson(plan: Plan): unknown {
  return { ...showPlan(plan, null), blockers: plan.blockers.map(problemJson), warnings: plan.warnings.map(problemJson) };
}
