import type { ErrorCode } from "../errors/catalogue.ts";
import { ModyardError, type Problem } from "../errors/problem.ts";
import { findBuild, type Build } from "../build/store.ts";
import type { HostRepository } from "../build/host/repository.ts";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { asHolder } from "../jobs/leases/as-holder.ts";
import type { KeptLease } from "../jobs/leases/keeper.ts";
import { appendJournal } from "../journal/journal.ts";
import type { HeldDeployment } from "./record.ts";
import type { Deployment } from "./store.ts";

/** Failures that the composition itself brought about; a port in use, say, is no reason to take anything back. */
const guilty: readonly ErrorCode[] = ["application_exited", "application_start_timed_out", "smoke_failed", "observation_failed"];

/** What taking back works with. */
export interface TakeBackContext {
  readonly handle: DatabaseHandle;
  readonly repository: HostRepository;
  readonly lease: KeptLease;
}

/**
 * A change that was asked to go live and could not leaves the branch as it was before: otherwise every later build
 * would contain it, and fail as this one did. Only while nothing else was built on it and no environment runs it.
 * Returns the branch that was taken back.
 */
export async function takeBackComposition(context: TakeBackContext, held: HeldDeployment, problem: Problem): Promise<string | undefined> {
  if (!guilty.includes(problem.code)) return undefined;
  const why = problem.message;
  const { deployment } = held;
  const found = await findChange(context, context.handle.db, deployment);
  if (found?.isFree !== true) return undefined;
  const commit = await commitTakingBack(context, found, `take back what could not go live in ${deployment.environment}`, why);
  // Under the lease: who lost it must not change the branch any more.
  return asHolder(context.handle, { table: "deployments", id: deployment.id, token: deployment.leaseToken }, context.lease, async (trx) => {
    if (!(await context.repository.land(commit, found.branch))) return undefined;
    await noteTakenBack(trx, deployment, found, commit, why);
    return found.branch;
  });
}

/** The change that a deployment was to bring and that landed on the branch for its sake. */
export interface LandedChange {
  readonly build: Build;
  readonly branch: string;
  readonly sourceCommit: string;
  readonly resultCommit: string;
}

/** A landed change, and whether it may be taken back. */
export type FoundChange = LandedChange & ({ readonly isFree: true } | { readonly isFree: false; readonly tip: string; readonly why: string });

/** Undefined: nothing landed for this deployment's sake; the change was wanted on the branch anyway, or there is none. */
export async function findChange({ repository }: Pick<TakeBackContext, "repository">, db: Executor, deployment: Deployment): Promise<FoundChange | undefined> {
  const build = await findBuild(db, deployment.buildId);
  if (deployment.kind !== "deploy" || build === undefined || build.deployTo !== deployment.environment) return undefined;
  const { sourceCommit, resultCommit, manifestRef: branch } = build;
  if (sourceCommit === null || resultCommit === null || sourceCommit === resultCommit) return undefined;
  const change = { build, branch, sourceCommit, resultCommit };
  const tip = await tipOf(repository, branch);
  if (tip === undefined) return undefined;
  if (await runsElsewhere(db, deployment)) return { ...change, isFree: false, tip, why: "it runs in an environment, or is on its way to one" };
  return tip === resultCommit ? { ...change, isFree: true } : { ...change, isFree: false, tip, why: "other commits lie on top of it" };
}

/** A commit on top of the change that has the files of before it. */
export async function commitTakingBack({ repository }: Pick<TakeBackContext, "repository">, { build, sourceCommit, resultCommit }: LandedChange, title: string, why: string): Promise<string> {
  const text = [`modules: ${title}`, "", why, "", `Modyard-Build: ${toPublicId("bld", build.id)}`, ""].join("\n");
  return repository.commitTreeOf(sourceCommit, resultCommit, { author: { name: "Modyard", email: "modyard@localhost" }, text });
}

export async function noteTakenBack(trx: Executor, { releaseId }: Deployment, { build, branch }: LandedChange, commit: string, why: string): Promise<void> {
  const details = { commit, buildId: toPublicId("bld", build.id), releaseId };
  await appendJournal(trx, { actor: "modyard", action: "composition.taken_back", subjectType: "manifest", subjectId: branch, reason: why, details });
}

/** Undefined: somebody deleted the branch, and the change with it. */
async function tipOf(repository: HostRepository, branch: string): Promise<string | undefined> {
  try {
    return await repository.tip(branch);
  } catch (error) {
    if (error instanceof ModyardError && error.code === "ref_not_found") return undefined;
    throw error;
  }
}

async function runsElsewhere(db: Executor, { id, buildId, releaseId }: Deployment): Promise<boolean> {
  const ran = db.selectFrom("releases").select("id").where("buildId", "=", buildId).where("id", "!=", releaseId).where("deployedAt", "is not", null);
  const coming = db.selectFrom("deployments").select("id").where("buildId", "=", buildId).where("id", "!=", id).where("status", "in", ["waiting_approval", "queued", "running"]);
  return (await ran.executeTakeFirst()) !== undefined || (await coming.executeTakeFirst()) !== undefined;
}
