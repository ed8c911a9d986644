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

/** Throws a failed outcome. */
export function assertOk(outcome: StepOutcome): void {
  if (!outcome.ok) throw new StepError(outcome.problems, outcome.excerpt);
}
