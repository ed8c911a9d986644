import { fail } from "../errors/problem.ts";

/**
 * Status of a release. `active` is the one that gets the traffic of its environment; `superseded` was followed by
 * a newer one and can be gone back to; `rolled_back` was left for an older one; `failed` never got traffic.
 */
export type ReleaseStatus = "pending" | "deploying" | "active" | "superseded" | "rolled_back" | "failed";

/** From each status, the statuses that may follow. A deployment of an older release that fails puts it back where it was. */
export const releaseTransitions: Readonly<Record<ReleaseStatus, readonly ReleaseStatus[]>> = {
  pending: ["deploying", "failed"],
  deploying: ["active", "failed", "superseded", "rolled_back", "pending"],
  active: ["superseded", "rolled_back"],
  superseded: ["deploying"],
  rolled_back: ["deploying"],
  failed: [],
};

/** Statuses from which a release can be deployed again. One that is pending never ran: to go "back" to it would pass by who has to approve it. */
export const deployableStatuses: readonly ReleaseStatus[] = ["superseded", "rolled_back"];

/** Refuses, by the catalogue's error, a transition that the table does not allow. */
export function assertReleaseTransition(id: string, from: ReleaseStatus, to: ReleaseStatus): void {
  if (releaseTransitions[from].includes(to)) return;
  fail("release_transition_refused", `release ${id} is ${from}; it cannot become ${to}`, { details: { from, to } });
}
