import { fail } from "../errors/problem.ts";

/** Status of a build. `success`, `failed` and `cancelled` are final. */
export type BuildStatus = "queued" | "running" | "success" | "failed" | "cancelled";

/** Where a build is, in the seeds' words. */
export type BuildStage = "pending" | "checkout" | "build" | "test" | "deploy" | "complete";

/** From each status, the statuses that may follow. `running → queued` hands work back. */
export const buildTransitions: Readonly<Record<BuildStatus, readonly BuildStatus[]>> = {
  queued: ["running", "cancelled", "failed"],
  running: ["success", "failed", "cancelled", "queued"],
  success: [],
  failed: [],
  cancelled: [],
};

/** Whether nothing follows any more. */
export function isFinal(status: BuildStatus): boolean {
  return buildTransitions[status].length === 0;
}

/** Refuses, by the catalogue's error, a transition that the table does not allow. */
export function assertBuildTransition(id: string, from: BuildStatus, to: BuildStatus): void {
  if (buildTransitions[from].includes(to)) return;
  fail("build_transition_refused", `build ${id} is ${from}; it cannot become ${to}`, { details: { from, to } });
}
