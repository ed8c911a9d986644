import type { Executor } from "../database/connection.ts";
import { buildSteps } from "./steps.ts";

const samples = 20;

/** What each step takes of a build, from the last successful builds' durations; the definitions' weights before there are any. */
export async function stepWeights(db: Executor): Promise<readonly number[]> {
  const recent = db.selectFrom("builds").select("id").where("status", "=", "success").where("verifies", "is", null).orderBy("id", "desc").limit(samples);
  const rows = await db.selectFrom("buildSteps").select(["name", "startedAt", "finishedAt"]).where("buildId", "in", recent).where("status", "=", "success").execute();
  if (rows.length === 0) return buildSteps.map((step) => step.weight);
  return buildSteps.map((step) => {
    const durations = rows.filter((row) => row.name === step.name).map((row) => Number(row.finishedAt) - Number(row.startedAt));
    const sum = durations.reduce((total, each) => total + each, 0);
    return durations.length === 0 ? step.weight : Math.max(1, sum / durations.length);
  });
}

/** How long builds take from their start to their end, in seconds: the median of the last successful ones. Null before there are any. */
export async function usualSeconds(db: Executor): Promise<number | null> {
  const rows = await db.selectFrom("builds").select(["startedAt", "finishedAt"]).where("status", "=", "success").where("verifies", "is", null).orderBy("id", "desc").limit(samples).execute();
  const durations = rows.map(({ startedAt, finishedAt }) => (Number(finishedAt) - Number(startedAt)) / 1_000).toSorted((one, other) => one - other);
  return durations[Math.floor(durations.length / 2)] ?? null;
}
