import { authorize } from "../../access/authorize.ts";
import { storedPrincipal } from "../../access/hand.ts";
import type { Principal } from "../../access/principal.ts";
import { getBuild } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { deployBuild, rollBack, type DeployOutcome } from "../../deployment/deploy-build.ts";
import type { DeploymentStatus } from "../../deployment/states.ts";
import { listDeployments, type Deployment } from "../../deployment/store.ts";
import { fail } from "../../errors/problem.ts";
import { getRelease, releasesOfBuilds } from "../../release/store.ts";
import { unknownCursor } from "../views/common.ts";
import type { After } from "./after.ts";
import { readPage, type Page, type PageWish } from "./page.ts";

/** Which deployments are wanted, newest first. */
export interface DeploymentsWish extends PageWish {
  readonly environment?: string | undefined;
  /** A build's public identifier. */
  readonly build?: string | undefined;
  readonly releaseId?: string | undefined;
  readonly status?: DeploymentStatus | undefined;
}

export async function pageOfDeployments({ handle }: ControlPlane, { limit, cursor, build, ...filter }: DeploymentsWish): Promise<Page<Deployment>> {
  const before = cursor === undefined ? undefined : (toUuid("dpl", cursor) ?? unknownCursor(cursor));
  const buildId = build === undefined ? undefined : (await getBuild(handle.db, build)).id;
  return readPage(limit, (most) => listDeployments(handle.db, { ...filter, before, buildId, limit: most }), ({ id }) => toPublicId("dpl", id));
}

/** What shall run where. */
export interface DeployWish {
  readonly build: string;
  readonly environment: string;
  readonly reason: string;
}

/** Releases a build in an environment and queues the deployment. */
export async function deployAs(plane: ControlPlane, principal: Principal, { build, ...wish }: DeployWish, after: After<DeployOutcome>): Promise<void> {
  const requesters = [await storedPrincipal(plane.handle.db, principal)];
  await deployBuild(plane, { ...wish, build: await getBuild(plane.handle.db, build), actor: principal.name, requesters }, { unlessActive: false, after });
}

/** Where to go back, and to what: the predecessor unless a release is named. */
export interface RollbackWish {
  readonly environment: string;
  readonly targetRelease?: string | undefined;
  readonly reason: string;
}

/** Queues the way back to an earlier release. Which environment is meant may be another by now than when the request was let in. */
export async function rollBackAs(plane: ControlPlane, principal: Principal, wish: RollbackWish, after: After<DeployOutcome>): Promise<void> {
  authorize(principal, "deployment.rollback", wish.environment);
  await plane.environments.get(wish.environment);
  await rollBack(plane, { ...wish, actor: principal.name }, after);
}

/** The environment that a rollback of a build means: that of the named release, else the only one in which the build is active. */
export async function environmentOfRollback({ handle }: ControlPlane, build: string | undefined, targetRelease: string | undefined): Promise<string> {
  const ids = build === undefined ? [] : [(await getBuild(handle.db, build)).id];
  if (targetRelease !== undefined) return (await getRelease(handle.db, targetRelease)).environment;
  const [only, other] = ids.length === 0 ? [] : (await releasesOfBuilds(handle.db, ids)).filter(({ status }) => status === "active");
  if (only !== undefined && other === undefined) return only.environment;
  return fail("environment_not_found", "the request names no environment, and the build is not active in exactly one", { hint: "Add `environment` or `target_release` to the request." });
}
