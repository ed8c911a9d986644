import type { Problem } from "../errors/problem.ts";
import type { Plan } from "./plan.ts";

/** The plan with what was refused while descriptors were read among its blockers, as far as it is about modules that would be in the build and is not told already. */
export function withRefusals(plan: Plan, refused: readonly Problem[]): Plan {
  const known = new Set(plan.blockers.map(keyOf));
  const added = refused.filter((each) => plan.order.includes(each.module ?? "") && !known.has(keyOf(each)));
  return added.length === 0 ? plan : { ...plan, blockers: [...plan.blockers, ...added] };
}

const keyOf = ({ code, module = "" }: Problem): string => `${code} ${module}`;
