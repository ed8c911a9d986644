import { assertPlanFree, assertPlanFresh } from "../composition/plan-hash.ts";
import type { Plan } from "../composition/plan.ts";
import type { Executor } from "../database/connection.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { askedFor, namedBy } from "../journal/asker.ts";
import { appendJournal, type JournalAction } from "../journal/journal.ts";
import type { BuildRequest } from "./build-request.ts";
import type { BuildContext } from "./context.ts";
import { keyOf } from "./host/key-of.ts";
import { describeSpan } from "../telemetry/tracing/spans.ts";
import { planChange } from "./planner.ts";
import { addRequest } from "./requests-store.ts";
import type { HostSnapshot } from "./snapshot.ts";
import { insertBuild, type Build } from "./store.ts";

/** What a request comes to on the branch as it is now. */
export interface PreparedRequest {
  readonly request: BuildRequest;
  readonly snapshot: HostSnapshot;
  readonly plan: Plan;
  readonly key: string;
}

/** Plans the request and works out its key. Throws plan_blocked. */
export async function prepareRequest(context: BuildContext, request: BuildRequest): Promise<PreparedRequest> {
  const { reader } = context;
  const snapshot = await (request.verifies === undefined ? reader.snapshot(request.branch) : reader.snapshotAt(request.branch, request.verifies.commit));
  const plan = await planChange(context, snapshot, request.change);
  if (request.planHash !== undefined) assertPlanFresh(plan, request.planHash);
  assertPlanFree(plan);
  const toolchain = context.toolchains(snapshot.host.toolchain);
  return { request, snapshot, plan, key: await keyOf(snapshot, toolchain, plan.composition) };
}

/** Queues a build of its own for the request: row, request, journal entry and job in the caller's transaction. */
export async function queueBuild(context: Pick<BuildContext, "jobs">, trx: Executor, { request, snapshot, plan, key }: PreparedRequest): Promise<Build> {
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
    ...askedFor(request.tokenName, request.requestedBy),
    reason: request.reason,
    deployTo: request.deployTo ?? null,
    force: request.force,
    alone: request.alone ?? false,
    unfoldedFrom: request.unfoldedFrom ?? null,
    verifies: request.verifies?.id ?? null,
  });
  await addRequest(trx, build.id, request);
  await noteRequest(trx, "build.requested", build, request);
  await context.jobs.send(trx, "build", build.id);
  return build;
}

/** Tells in the journal what was asked for and what it came to. */
export async function noteRequest(trx: Executor, action: JournalAction, build: Build, request: BuildRequest): Promise<void> {
  describeSpan({ "modyard.build.id": toPublicId("bld", build.id) });
  await appendJournal(trx, {
    actor: request.tokenName,
    action,
    subjectType: "build",
    subjectId: toPublicId("bld", build.id),
    reason: request.reason,
    details: {
      branch: request.branch,
      change: request.change,
      manifestHash: build.manifestHash,
      delta: build.modulesDelta,
      deployTo: request.deployTo ?? null,
      force: request.force,
      ...namedBy(askedFor(request.tokenName, request.requestedBy)),
      ...(request.verifies !== undefined && { verifies: toPublicId("bld", request.verifies.id) }),
      ...(request.unfoldedFrom !== undefined && { unfoldedFrom: toPublicId("bld", request.unfoldedFrom) }),
    },
  });
}
