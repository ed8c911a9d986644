import type { StoredFailure } from "../database/stored.ts";
import type { ErrorCode } from "../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";
import { RepeatedFailure, StepError } from "./pipeline/outcome.ts";

/** Failures that the same inputs would bring again (a plan that is blocked is blocked when it is asked for). All others (network, disk, memory, time) may go away by themselves. */
const deterministic: readonly ErrorCode[] = ["compile_failed", "tests_failed", "dependency_conflict", "descriptor_mismatch", "path_refused", "cargo_manifest_invalid", "cargo_config_refused", "feature_not_found", "module_type_missing", "module_type_unfit"];

/** Whatever ended a build, as it is stored and shown. */
export function describeFailure(step: string, error: unknown): StoredFailure {
  const problems = problemsOf(error);
  const code = problems[0]?.code;
  return {
    problems,
    step: error instanceof RepeatedFailure ? error.step : step,
    excerpt: error instanceof StepError ? error.excerpt : [],
    deterministic: code !== undefined && deterministic.includes(code),
  };
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ModyardError) return error.problems;
  if (isFullDisk(error)) return [problem("disk_full", "the disk became full during the build")];
  return [problem("internal", error instanceof Error ? error.message : String(error))];
}

function isFullDisk(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
