import type { Executor } from "../database/connection.ts";

/** A step of a build as it was recorded. */
export interface BuildStep {
  readonly name: string;
  readonly status: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The steps of the newest attempts of several builds, each build's in order. */
export async function listStepsOf(db: Executor, buildIds: readonly string[]): Promise<readonly (BuildStep & { readonly buildId: string })[]> {
  const newest = db.selectFrom("buildSteps as steps").innerJoin("builds", (join) => join.onRef("builds.id", "=", "steps.buildId").onRef("builds.attempt", "=", "steps.attempt"));
  return newest.select(["steps.buildId", "steps.name", "steps.status", "steps.startedAt", "steps.finishedAt"]).where("steps.buildId", "in", buildIds).orderBy("steps.buildId").orderBy("steps.position").execute();
}

/** The steps of the build's newest attempt, in order. */
export async function listSteps(db: Executor, buildId: string, attempt: number): Promise<readonly BuildStep[]> {
  const select = db.selectFrom("buildSteps").select(["name", "status", "startedAt", "finishedAt"]);
  return select.where("buildId", "=", buildId).where("attempt", "=", attempt).orderBy("position").execute();
}
