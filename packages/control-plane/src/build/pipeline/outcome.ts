import type { StoredFailure } from "../../database/stored.ts";
import { ModyardError, type Problem } from "../../errors/problem.ts";
import type { StepOutcome } from "../../toolchains/toolchain.ts";

/** A toolchain's step failed; the excerpt holds the lines that matter. */
export class StepError extends ModyardError {
  readonly excerpt: readonly string[];

  constructor(problems: readonly Problem[], excerpt: readonly string[]) {
    super(problems);
    this.excerpt = excerpt;
  }
}

/** What another build failed with, for one that would fail the same way. */
export class RepeatedFailure extends StepError {
  /** The step in which the other one failed. */
  readonly step: string;

  constructor({ problems, excerpt, step }: StoredFailure) {
    super(problems, excerpt);
    this.step = step;
  }
}

/** Throws a failed outcome. */
export function assertOk(outcome: StepOutcome): void {
  if (!outcome.ok) throw new StepError(outcome.problems, outcome.excerpt);
}
