import { claimArtifact, leavingArtifacts } from "../build/artifacts/keep.ts";
import type { BuildContext } from "../build/context.ts";
import type { Build } from "../build/store.ts";
import type { Executor } from "../database/connection.ts";
import { lockUntilEnd } from "../database/locks.ts";
import { fail, ModyardError } from "../errors/problem.ts";
import { assertReleasable } from "../release/cut.ts";
import { findActiveRelease, findActiveReleases, getRelease, listReleases, type Release } from "../release/store.ts";
import type { Environments } from "./environments.ts";
import { queueDeployment, requestDeployment, type Requester } from "./request.ts";
import { judgeRollback, type RollbackEligibility, type RollbackFacts } from "./rollback.ts";
import { listDeployments, type Deployment } from "./store.ts";

type DeployContext = Pick<BuildContext, "handle" | "jobs" | "reader" | "artifacts"> & { readonly environments: Environments };

/** What belongs to the answer and is to be saved with it, in the same transaction. */
type AfterDeploy<Outcome> = (trx: Executor, outcome: Outcome) => Promise<void>;

/** A release and the deployment that brings it; no deployment when the environment has it already. */
export interface DeployOutcome {
  readonly release: Release;
  readonly deployment?: Deployment;
}

/** Releases a successful build in an environment and queues the deployment. */
export async function deployBuild(
  context: DeployContext,
  request: Requester & { readonly build: Build; readonly environment: string },
  options: { readonly unlessActive: boolean; readonly after?: AfterDeploy<DeployOutcome> },
): Promise<DeployOutcome> {
  const { build } = request;
  await context.environments.get(request.environment);
  const { surfaces } = await context.reader.hostAt(assertReleasable(build).resultCommit);
  return context.handle.db.transaction().execute(async (trx) => {
    await lockUntilEnd(trx, `release ${request.environment}`);
    const current = await coming(trx, request.environment);
    const isThere = options.unlessActive && current !== undefined && sameProgram(current, build);
    const waiting = options.unlessActive && !isThere ? await findWaiting(trx, request) : undefined;
    const outcome = isThere ? { release: current } : (waiting ?? (await requestDeployment(trx, context.jobs, { ...request, surfaces })));
    if (!isThere) await assertThere(context, outcome.release);
    await options.after?.(trx, outcome);
    return outcome;
  });
}

/** The release that the environment will have when all that is queued is done. */
async function coming(trx: Parameters<typeof findActiveRelease>[0], environment: string): Promise<Release | undefined> {
  const queued = await trx.selectFrom("deployments").select("releaseId").where("environment", "=", environment).where("status", "in", ["queued", "running"]).orderBy("id", "desc").executeTakeFirst();
  return queued === undefined ? findActiveRelease(trx, environment) : getRelease(trx, queued.releaseId);
}

/** The deployment that would bring the build, when that is the last that was asked for and waits for approval. */
async function findWaiting(trx: Executor, { build, environment }: { readonly build: Build; readonly environment: string }): Promise<DeployOutcome | undefined> {
  const [deployment] = await listDeployments(trx, { environment, limit: 1 });
  if (deployment?.status !== "waiting_approval") return undefined;
  const release = await getRelease(trx, deployment.releaseId);
  return sameProgram(release, build) ? { release, deployment } : undefined;
}

function sameProgram(release: Release, build: Build): boolean {
  return release.buildId === build.id || (release.artifactDigest === build.artifactDigest && release.manifestHash === build.manifestHash);
}

/** Queues a rollback to a kept release; the predecessor of the active one when none is named. */
export async function rollBack(
  context: DeployContext,
  request: Requester & { readonly environment: string; readonly targetRelease?: string | undefined },
  after: AfterDeploy<Required<DeployOutcome>> = () => Promise.resolve(),
): Promise<Required<DeployOutcome>> {
  const { db } = context.handle;
  const active = await findActiveRelease(db, request.environment);
  const targetId = request.targetRelease ?? active?.previousReleaseId ?? undefined;
  if (targetId === undefined) return fail("rollback_no_target", `${request.environment} has no earlier release`);
  const target = await getRelease(db, targetId);
  if (target.environment !== request.environment) return fail("rollback_refused", `${target.id} belongs to ${target.environment}, not to ${request.environment}`);
  const { allowed, reasons } = await eligibility(context, active, target);
  const [first] = reasons;
  if (!allowed && first !== undefined) return fail(first.code, first.message, first);
  const deployment = await db.transaction().execute(async (trx) => {
    const queued = await queueDeployment(trx, context.jobs, { ...request, release: target, kind: "rollback" });
    await claimArtifact(trx, target.artifactDigest);
    await assertThere(context, target);
    await after(trx, { release: target, deployment: queued });
    return queued;
  });
  return { release: target, deployment };
}

/** Looked at after the claim: what retention was faster to remove is refused, and nothing is queued. */
async function assertThere({ artifacts }: DeployContext, { id, artifactDigest }: Release): Promise<void> {
  if (!(await artifacts.has(artifactDigest))) fail("artifact_missing", `the artifact of ${id} is no longer kept`);
}

/** Whether the environment may go to the release, with every reason why not. */
export async function eligibility(context: DeployContext, active: Release | undefined, target: Release): Promise<RollbackEligibility> {
  const leaving = await leavingArtifacts(context.handle.db, [target.artifactDigest]);
  return judgeRollback({ active, target, ...(await askStore(context, leaving, target)) });
}

/** The same for any number of releases, each in its own environment, in two queries. */
export async function eligibilities(context: DeployContext, targets: readonly Release[]): Promise<readonly RollbackEligibility[]> {
  if (targets.length === 0) return [];
  const { db } = context.handle;
  const [active, leaving] = await Promise.all([
    findActiveReleases(db, [...new Set(targets.map(({ environment }) => environment))]),
    leavingArtifacts(db, [...new Set(targets.map(({ artifactDigest }) => artifactDigest))]),
  ]);
  const activeIn = new Map(active.map((release) => [release.environment, release]));
  return Promise.all(targets.map(async (target) => judgeRollback({ active: activeIn.get(target.environment), target, ...(await askStore(context, leaving, target)) })));
}

/** A store that cannot be asked is a reason of its own: it does not make the artifact gone. */
async function askStore({ artifacts }: DeployContext, leaving: ReadonlySet<string>, { artifactDigest }: Release): Promise<Pick<RollbackFacts, "artifactKept" | "artifactUnknown">> {
  try {
    return { artifactKept: !leaving.has(artifactDigest) && (await artifacts.has(artifactDigest)) };
  } catch (error) {
    if (!(error instanceof ModyardError) || !error.code.startsWith("artifact_store_")) throw error;
    return { artifactKept: false, artifactUnknown: error.problems[0] };
  }
}

/** The newest releases of an environment, or those older than `before`, each with whether it may be gone back to. */
export async function listRollbackTargets(context: DeployContext, environment: string, page: { readonly limit: number; readonly before?: Release | undefined }): Promise<readonly { readonly release: Release; readonly rollback: RollbackEligibility }[]> {
  const releases = await listReleases(context.handle.db, { environment, ...page });
  const judged = await eligibilities(context, releases);
  return releases.flatMap((release, index) => {
    const rollback = judged[index];
    return rollback === undefined ? [] : [{ release, rollback }];
  });
}
