import { sql } from "kysely";
import type { Change, Plan } from "../composition/plan.ts";
import { assertPlanFree, assertPlanFresh } from "../composition/plan-hash.ts";
import type { Executor } from "../database/connection.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { appendJournal, type JournalAction } from "../journal/journal.ts";
import type { BuildContext } from "./context.ts";
import { inputsOf } from "./host/inputs.ts";
import { buildKey } from "./identity.ts";
import { planChange } from "./planner.ts";
import type { HostSnapshot } from "./snapshot.ts";
import { findSameBuild, type SameBuild } from "./same-build.ts";
import { insertBuild, type Build } from "./store.ts";

/** What somebody asks to be built. */
export interface BuildRequest {
  readonly branch: string;
  readonly change: Change;
  /** Who wants it, as the request says. */
  readonly requestedBy: string;
  /** Whose token asked: may speak for somebody else, and the journal tells both. */
  readonly tokenName: string;
  readonly reason: string;
  /** The hash of the plan that was confirmed; another plan by now is refused. */
  readonly planHash?: string;
  /** Environment to deploy to when the build succeeds. */
  readonly deployTo?: string;
  /** Builds even though the same build exists, without anything cached. */
  readonly force: boolean;
}

/** A request's answer: a build of its own, or the one that is the same. */
export interface RequestOutcome {
  readonly build: Build;
  readonly kind: "queued" | SameBuild["kind"];
}

/** Plans a change against the branch as it is now. */
export async function planRequest(context: BuildContext, branch: string, change: Change): Promise<{ readonly snapshot: HostSnapshot; readonly plan: Plan }> {
  const snapshot = await context.reader.snapshot(branch);
  return { snapshot, plan: await planChange(context, snapshot, change) };
}

/** Queues a build, unless a build with the same inputs succeeded, is under way, or failed for a reason that would come again. */
export async function requestBuild(context: BuildContext, request: BuildRequest): Promise<RequestOutcome> {
  const { snapshot, plan } = await planRequest(context, request.branch, request.change);
  if (request.planHash !== undefined) assertPlanFresh(plan, request.planHash);
  assertPlanFree(plan);
  const toolchain = context.toolchains(snapshot.host.toolchain);
  const key = buildKey(await inputsOf(snapshot, toolchain, plan.composition));
  return context.handle.db.transaction().execute(async (trx) => {
    // Two equal requests at the same instant: the second waits here and then finds the first one's build.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`build ${key}`}, 0))`.execute(trx);
    const same = request.force ? undefined : await findSameBuild(trx, context.artifacts, key, request.deployTo);
    if (same !== undefined) {
      await note(trx, "build.joined", same.build, request);
      return { build: same.build, kind: same.kind };
    }
    return { build: await queueBuild(context, trx, request, snapshot, plan, key), kind: "queued" };
  });
}

async function queueBuild(context: BuildContext, trx: Executor, request: BuildRequest, snapshot: HostSnapshot, plan: Plan, key: string): Promise<Build> {
  const build = await insertBuild(trx, {
    id: newUuid(),
    status: "queued",
    stage: "pending",
    profile: snapshot.manifest.build.deploymentProfile,
    manifestRef: request.branch,
    sourceCommit: snapshot.commit,
    manifestHash: plan.manifestHashAfter,
    buildKey: key,
    change: JSON.stringify(request.change),
    modulesDelta: JSON.stringify(plan.delta),
    composition: JSON.stringify(plan.composition),
    planHash: plan.planHash,
    requestedBy: request.requestedBy,
    reason: request.reason,
    deployTo: request.deployTo ?? null,
    force: request.force,
  });
  await note(trx, "build.requested", build, request);
  await context.jobs.send(trx, "build", build.id);
  return build;
}

async function note(trx: Executor, action: JournalAction, build: Build, request: BuildRequest): Promise<void> {
  await appendJournal(trx, {
    actor: request.requestedBy,
    action,
    subjectType: "build",
    subjectId: toPublicId("bld", build.id),
    reason: request.reason,
    details: { branch: request.branch, manifestHash: build.manifestHash, delta: build.modulesDelta, deployTo: request.deployTo ?? null, force: request.force, tokenName: request.tokenName },
  });
}
