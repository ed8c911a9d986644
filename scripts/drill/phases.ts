import { buildSteps } from "../../packages/control-plane/src/build/steps.ts";

/** What is killed. */
export type Victim = "worker" | "control plane" | "gateway" | "application" | "database";

/**
 * `worker`: the process that holds the lease of what is under way. `control plane`: `modyard serve`, which answers the API,
 * whether it does the work itself at that moment or not. `application`: the release that has the traffic.
 */
export const victims: readonly Victim[] = ["worker", "control plane", "gateway", "application", "database"];

/** A moment of a change's way to its users in which something is killed. */
export interface Phase {
  readonly name: string;
  /** What is under way: a build that is deployed afterwards, or a deployment of an older release. */
  readonly work: "build" | "deployment" | "rollback";
  /** A step of the pipeline or of the deployment; `queue`: the transaction that takes a build from the queue; `finish`: the one that ends a successful build. */
  readonly step: string;
}

const deploymentSteps = ["prepare", "start", "smoke", "switch", "observe", "retire"];
const rollbackSteps = ["start", "smoke", "switch", "retire"];

/** Every phase in the order of the way; a rollback is one phase whose steps take turns, see `stepOf`. */
export const phases: readonly Phase[] = [
  ...["queue", ...buildSteps.map(({ name }) => name), "finish"].map((step): Phase => ({ name: step, work: "build", step })),
  ...deploymentSteps.map((step): Phase => ({ name: step, work: "deployment", step })),
  { name: "rollback", work: "rollback", step: "switch" },
];

/** The phase with the step that it is about at its `turn` (from 0). */
export function phaseAtTurn(phase: Phase, turn: number): Phase {
  return phase.work === "rollback" ? { ...phase, step: rollbackSteps[turn % rollbackSteps.length] ?? phase.step } : phase;
}

/** How gate and database call it. */
export function gateName({ work, step }: Phase): string {
  return `${work} ${step}`;
}
