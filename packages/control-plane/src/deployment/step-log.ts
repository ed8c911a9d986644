import type { DeploymentStep } from "../database/deployment-tables.ts";
import { inSpan } from "../telemetry/tracing/spans.ts";

/** The steps of a deployment. */
export type DeploymentStepName = "prepare" | "start" | "smoke" | "switch" | "observe" | "retire";

/** Runs steps one after the other and remembers how each went; every change is handed to `save`. */
export class StepLog {
  #steps: readonly DeploymentStep[] = [];
  readonly #save: (steps: readonly DeploymentStep[]) => Promise<void>;

  constructor(save: (steps: readonly DeploymentStep[]) => Promise<void>) {
    this.#save = save;
  }

  get steps(): readonly DeploymentStep[] {
    return this.#steps;
  }

  /** The step that runs now, or ran last. */
  get current(): string {
    return this.#steps.at(-1)?.name ?? "prepare";
  }

  async run<T>(name: DeploymentStepName, action: () => Promise<T>): Promise<T> {
    const startedAt = new Date().toISOString();
    const before = this.#steps;
    this.#steps = [...before, { name, status: "running", startedAt }];
    await this.#save(this.#steps);
    try {
      const result = await inSpan(`deployment ${name}`, { "modyard.step": name }, action);
      this.#steps = [...before, { name, status: "success", startedAt, finishedAt: new Date().toISOString() }];
      return result;
    } catch (error) {
      this.#steps = [...before, { name, status: "failed", startedAt, finishedAt: new Date().toISOString() }];
      throw error;
    }
  }
}
