import { createHash } from "node:crypto";
import { fail, ModyardError, problem } from "../errors/problem.ts";
import { canonicalJson } from "../manifest/canonical-json.ts";
import type { Plan } from "./plan.ts";

/** What whoever confirms a plan confirms: where it starts, what was asked, and what comes of it. */
export type PlanIdentity = Pick<Plan, "schema" | "change" | "manifestHashBefore" | "manifestHashAfter" | "order" | "delta">;

/** SHA-256, in hexadecimal. */
export function planHash({ schema, change, manifestHashBefore, manifestHashAfter, order, delta }: PlanIdentity): string {
  const identity: PlanIdentity = { schema, change, manifestHashBefore, manifestHashAfter, order, delta };
  return createHash("sha256").update(canonicalJson(identity)).digest("hex");
}

/** Throws plan_stale when the plan that was confirmed is not this one, made just now. */
export function assertPlanFresh(plan: Plan, confirmedHash: string): void {
  if (plan.planHash === confirmedHash) return;
  fail("plan_stale", "the confirmed plan is not what would be built now", { details: { confirmed: confirmedHash, now: plan.planHash } });
}

/** Throws plan_blocked with every blocker behind it when the plan may not be carried out. */
export function assertPlanFree(plan: Plan): void {
  if (plan.blockers.length === 0) return;
  const names = [...new Set(plan.blockers.map((blocker) => blocker.message))].join("; ");
  throw new ModyardError([problem("plan_blocked", `the change may not be made: ${names}`), ...plan.blockers]);
}
