import type { ErrorCode } from "../errors/catalogue.ts";
import type { Problem } from "../errors/problem.ts";
import { findBuild, type Build } from "../build/store.ts";
import type { HostRepository } from "../build/host/repository.ts";
import type { DatabaseHandle } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { KeptLease } from "../jobs/leases/keeper.ts";
import { appendJournal } from "../journal/journal.ts";
import type { HeldDeployment } from "./record.ts";
import { asDeploymentHolder } from "./store.ts";

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
  const { deployment, release } = held;
  const build = await findBuild(context.handle.db, release.buildId);
  if (deployment.kind !== "deploy" || build === undefined || build.deployTo !== deployment.environment) return undefined;
  const { sourceCommit, resultCommit, manifestRef } = build;
  if (sourceCommit === null || resultCommit === null || sourceCommit === resultCommit) return undefined;
  if ((await runsElsewhere(context, held)) || (await context.repository.tip(manifestRef)) !== resultCommit) return undefined;
  const commit = await context.repository.commitTreeOf(sourceCommit, resultCommit, { author: { name: "Modyard", email: "modyard@localhost" }, text: message(build, why) });
  const details = { commit, buildId: toPublicId("bld", build.id), releaseId: release.id };
  // Under the lease: who lost it must not change the branch any more.
  return asDeploymentHolder(context.handle, deployment, context.lease, async (trx) => {
    if (!(await context.repository.land(commit, manifestRef))) return undefined;
    await appendJournal(trx, { actor: "modyard", action: "composition.taken_back", subjectType: "manifest", subjectId: manifestRef, reason: why, details });
    return manifestRef;
  });
}

async function runsElsewhere({ handle }: TakeBackContext, { release }: HeldDeployment): Promise<boolean> {
  const select = handle.db.selectFrom("releases").select("id").where("buildId", "=", release.buildId).where("id", "!=", release.id);
  return (await select.where("deployedAt", "is not", null).executeTakeFirst()) !== undefined;
}

function message(build: Build, why: string): string {
  return [`modules: take back what could not go live in ${build.deployTo ?? ""}`, "", why, "", `Modyard-Build: ${toPublicId("bld", build.id)}`, ""].join("\n");
}
