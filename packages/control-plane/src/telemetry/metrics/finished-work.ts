import type { Executor } from "../../database/connection.ts";
import { toUuid } from "../../database/identifiers.ts";
import type { DeploymentStep } from "../../database/deployment-tables.ts";
import type { StoredFailure } from "../../database/stored.ts";

interface Times {
  readonly status: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: StoredFailure | null;
}

/** A step that ended. */
export interface FinishedStep {
  readonly name: string;
  readonly status: string;
  readonly seconds: number;
}

/** A build or deployment that is over, as far as it is measured. */
export interface FinishedWork extends Times {
  readonly steps: readonly FinishedStep[];
}

export interface FinishedDeployment extends FinishedWork {
  readonly kind: string;
  readonly environment: string;
}

/** The builds by their public identifiers. What retention removed meanwhile is missing. */
export async function readBuilds(db: Executor, publicIds: readonly string[]): Promise<ReadonlyMap<string, FinishedWork>> {
  const ids = uuids("bld", publicIds);
  if (ids.size === 0) return new Map();
  const rows = await db.selectFrom("builds").select(["id", "status", "createdAt", "startedAt", "finishedAt", "error"]).where("id", "in", [...ids.keys()]).execute();
  // Of every attempt: time that was spent is time that was spent.
  const steps = await db.selectFrom("buildSteps").select(["buildId", "name", "status", "startedAt", "finishedAt"]).where("buildId", "in", [...ids.keys()]).where("finishedAt", "is not", null).execute();
  const stepsOf = Map.groupBy(steps, ({ buildId }) => buildId);
  return new Map(rows.map((row) => [ids.get(row.id) ?? row.id, { ...row, steps: (stepsOf.get(row.id) ?? []).flatMap(({ name, status, startedAt, finishedAt }) => finished(name, status, startedAt, finishedAt)) }]));
}

/** The deployments by their public identifiers. */
export async function readDeployments(db: Executor, publicIds: readonly string[]): Promise<ReadonlyMap<string, FinishedDeployment>> {
  const ids = uuids("dpl", publicIds);
  if (ids.size === 0) return new Map();
  const rows = await db.selectFrom("deployments").select(["id", "status", "kind", "environment", "createdAt", "startedAt", "finishedAt", "error", "steps"]).where("id", "in", [...ids.keys()]).execute();
  return new Map(rows.map((row) => [ids.get(row.id) ?? row.id, { ...row, steps: row.steps.flatMap(finishedDeploymentStep) }]));
}

/** UUID -> public identifier; what is none is left out. */
function uuids(kind: "bld" | "dpl", publicIds: readonly string[]): ReadonlyMap<string, string> {
  return new Map(publicIds.flatMap((publicId) => {
    const uuid = toUuid(kind, publicId);
    return uuid === undefined ? [] : [[uuid, publicId] as const];
  }));
}

function finishedDeploymentStep({ name, status, startedAt, finishedAt }: DeploymentStep): readonly FinishedStep[] {
  return finished(name, status, new Date(startedAt), finishedAt === undefined ? null : new Date(finishedAt));
}

function finished(name: string, status: string, startedAt: Date | null, finishedAt: Date | null): readonly FinishedStep[] {
  const seconds = secondsBetween(startedAt, finishedAt);
  return seconds === undefined ? [] : [{ name, status, seconds }];
}

/** Never below zero: two machines' clocks may differ. */
export function secondsBetween(from: Date | null, until: Date | null): number | undefined {
  return from === null || until === null ? undefined : Math.max(0, (until.getTime() - from.getTime()) / 1000);
}
