import type { ComposedModule } from "../composition/composition.ts";
import { problem, type Problem } from "../errors/problem.ts";
import type { Release } from "../release/store.ts";
import { deployableStatuses } from "../release/states.ts";

/** Whether an environment may go back (or forth) to a release, and if not, every reason. */
export interface RollbackEligibility {
  readonly releaseId: string;
  readonly allowed: boolean;
  readonly reasons: readonly Problem[];
}

/** The facts that decide a rollback from `active` to `target`. */
export interface RollbackFacts {
  readonly active: Release | undefined;
  readonly target: Release;
  readonly artifactKept: boolean;
  /** Why the store could not say whether it is kept. */
  readonly artifactUnknown?: Problem;
}

/**
 * Pure: a release can be gone back to when its artifact is kept, it once ran, and no module that would be left
 * declares an irreversible migration that the target does not have at the same version.
 */
export function judgeRollback({ active, target, artifactKept, artifactUnknown }: RollbackFacts): RollbackEligibility {
  const reasons: Problem[] = [];
  if (active?.id === target.id) reasons.push(problem("already_active", `${target.id} is the active release of ${target.environment}`));
  else if (!deployableStatuses.includes(target.status)) reasons.push(problem("rollback_refused", `${target.id} is ${target.status} and cannot be deployed`));
  if (artifactUnknown !== undefined) reasons.push(artifactUnknown);
  else if (!artifactKept) reasons.push(problem("artifact_missing", `the artifact of ${target.id} is no longer kept`));
  for (const module of irreversibleBetween(active?.composition.modules ?? [], target.composition.modules)) {
    const message = `${module.slug} ${module.version} migrated its data irreversibly; ${target.id} does not know that data`;
    reasons.push(problem("rollback_refused", message, { module: module.slug }));
  }
  return { releaseId: target.id, allowed: reasons.length === 0, reasons };
}

function irreversibleBetween(active: readonly ComposedModule[], target: readonly ComposedModule[]): readonly ComposedModule[] {
  const kept = new Map(target.map((module) => [module.slug, module.version]));
  return active.filter((module) => module.migrationPolicy === "irreversible" && kept.get(module.slug) !== module.version);
}
