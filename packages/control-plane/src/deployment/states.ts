import { fail } from "../errors/problem.ts";

/** Status of a deployment. `waiting_approval`: a second person has to approve it before it is queued. `success`, `failed` and `cancelled` are final. */
export type DeploymentStatus = "waiting_approval" | "queued" | "running" | "success" | "failed" | "cancelled";

/** Why a deployment is made: a new release, a way back that somebody asked for, or one that Modyard took by itself. */
export type DeploymentKind = "deploy" | "rollback" | "auto_rollback";

/** From each status, the statuses that may follow. */
export const deploymentTransitions: Readonly<Record<DeploymentStatus, readonly DeploymentStatus[]>> = {
  waiting_approval: ["queued", "cancelled"],
  queued: ["running", "cancelled", "failed"],
  running: ["success", "failed"],
  success: [],
  failed: [],
  cancelled: [],
};

/** Refuses, by the catalogue's error, a transition that the table does not allow. */
export function assertDeploymentTransition(id: string, from: DeploymentStatus, to: DeploymentStatus): void {
  if (deploymentTransitions[from].includes(to)) return;
  fail("deployment_transition_refused", `deployment ${id} is ${from}; it cannot become ${to}`, { details: { from, to } });
}
