import type { Build } from "../build/store.ts";
import type { Executor } from "../database/connection.ts";
import type { StoredPrincipal } from "../database/stored.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import type { JobQueue } from "../jobs/queue.ts";
import { askedFor, namedBy } from "../journal/asker.ts";
import { appendJournal } from "../journal/journal.ts";
import type { Surface } from "../manifest/host-descriptor.ts";
import { cutRelease } from "../release/cut.ts";
import type { Release } from "../release/store.ts";
import { isProtected } from "./settings.ts";
import type { DeploymentKind } from "./states.ts";
import { insertDeployment, type Deployment } from "./store.ts";

/** Who asks, and why. */
export interface Requester {
  /** Who has the credentials: the journal's actor. */
  readonly actor: string;
  /** Whom a token named; who asks, unless given. */
  readonly requestedBy?: string;
  readonly reason: string;
  /** Everybody who asked, exactly: none of them may approve it. Must be known where the environment is protected. */
  readonly requesters?: readonly StoredPrincipal[];
}

/** Cuts a release of a build and queues its deployment, all in the caller's transaction. */
export async function requestDeployment(
  trx: Executor,
  jobs: JobQueue,
  request: Requester & { readonly build: Build; readonly environment: string; readonly surfaces: readonly Surface[] },
): Promise<{ readonly release: Release; readonly deployment: Deployment }> {
  const release = await cutRelease(trx, request);
  const deployment = await queueDeployment(trx, jobs, { ...request, release, kind: "deploy" });
  return { release, deployment };
}

/** Queues a deployment of an existing release, or lets it wait for approval. The way back never waits. */
export async function queueDeployment(
  trx: Executor,
  jobs: JobQueue,
  request: Requester & { readonly release: Release; readonly kind: DeploymentKind },
): Promise<Deployment> {
  const { release, kind, actor, reason, requesters = [] } = request;
  const asked = askedFor(actor, request.requestedBy ?? actor);
  const waits = kind === "deploy" && (await isProtected(trx, release.environment));
  const deployment = await insertDeployment(trx, {
    id: newUuid(),
    status: waits ? "waiting_approval" : "queued",
    kind,
    environment: release.environment,
    releaseId: release.id,
    buildId: release.buildId,
    steps: "[]",
    ...asked,
    requesters: JSON.stringify(requesters),
    reason,
  });
  await appendJournal(trx, {
    actor,
    action: "deployment.requested",
    subjectType: "deployment",
    subjectId: toPublicId("dpl", deployment.id),
    reason,
    details: { kind, environment: release.environment, releaseId: release.id, buildId: toPublicId("bld", release.buildId), ...namedBy(asked) },
  });
  if (waits) await appendJournal(trx, { actor, action: "deployment.approval_needed", subjectType: "deployment", subjectId: toPublicId("dpl", deployment.id), reason, details: { environment: release.environment, releaseId: release.id } });
  else await jobs.send(trx, "deployment", deployment.id);
  return deployment;
}
