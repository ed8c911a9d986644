import type { Executor } from "../database/connection.ts";

/** A step of a build as it was recorded. */
export interface BuildStep {
  readonly name: string;
  readonly status: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The steps of the build's newest attempt, in order. */
export async function listSteps(db: Executor, buildId: string, attempt: number): Promise<readonly BuildStep[]> {
  const select = db.selectFrom("buildSteps").select(["name", "status", "startedAt", "finishedAt"]);
  return select.where("buildId", "=", buildId).where("attempt", "=", attempt).orderBy("position").execute();
}
