/** Why a change of the composition may not be made. */
export const planErrors = {
  PLAN_BLOCKED: { title: "The plan is blocked", hint: "Resolve the blockers that the plan lists, then plan again." },
  PLAN_STALE: { title: "The plan is out of date", hint: "The manifest changed since the plan was made. Make a new plan and confirm it." },
} as const;
