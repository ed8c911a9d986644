import type { BuildStage } from "./states.ts";

/** A step of the pipeline. */
export interface StepDefinition {
  readonly name: StepName;
  readonly stage: BuildStage;
  /** Share of the whole in percent before this step has run before anywhere: facts replace it once there are past durations. */
  readonly weight: number;
}

export type StepName = "checkout" | "render" | "resolve" | "generate" | "compile" | "test" | "package" | "publish" | "land";

/** The pipeline, in order. */
export const buildSteps: readonly StepDefinition[] = [
  { name: "checkout", stage: "checkout", weight: 5 },
  { name: "render", stage: "checkout", weight: 2 },
  { name: "resolve", stage: "build", weight: 20 },
  { name: "generate", stage: "build", weight: 1 },
  { name: "compile", stage: "build", weight: 40 },
  { name: "test", stage: "test", weight: 20 },
  { name: "package", stage: "deploy", weight: 8 },
  { name: "publish", stage: "deploy", weight: 2 },
  { name: "land", stage: "deploy", weight: 2 },
];

/** Progress in percent when the step at `position` is done by `share` (0 to 1); `weights` sum to anything. */
export function progressAt(weights: readonly number[], position: number, share: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const before = weights.slice(0, position).reduce((sum, weight) => sum + weight, 0);
  const now = before + (weights[position] ?? 0) * Math.min(1, Math.max(0, share));
  return Math.min(99, Math.floor((now / total) * 100));
}
