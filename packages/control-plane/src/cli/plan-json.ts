import type { Plan } from "../composition/plan.ts";
import { problemJson } from "./problem-json.ts";
import { snakeCaseKeys } from "./snake-case.ts";

/** A plan in the interface's form. */
export function planJson({ blockers, warnings, ...plan }: Plan): unknown {
  return { ...(snakeCaseKeys(plan) as object), blockers: blockers.map(problemJson), warnings: warnings.map(problemJson) };
}
