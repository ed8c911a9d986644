import { authorize } from "../../access/authorize.ts";
import { storedPrincipal } from "../../access/hand.ts";
import type { Principal } from "../../access/principal.ts";
import { requestBuild, type RequestOutcome } from "../../build/request.ts";
import type { Change } from "../../composition/plan.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { deployBuild, type DeployOutcome } from "../../deployment/deploy-build.ts";
import { fail } from "../../errors/problem.ts";
import type { After } from "./after.ts";

/** What somebody wants to be built, and where it shall run. */
export interface BuildWish {
  readonly change: Change;
  /** The default branch unless named. */
  readonly branch?: string | undefined;
  /** Who wants it, when that is not who asks. */
  readonly requestedBy?: string | undefined;
  readonly reason: string;
  readonly planHash?: string | undefined;
  readonly deployTo?: string | undefined;
  readonly force: boolean;
}

/** What a wish came to. */
export interface BuildRequested extends RequestOutcome {
  /** The build was there already: its release in the environment that was wanted, and the deployment that brings it. */
  readonly deployed?: DeployOutcome;
}

/** Queues a build, or answers with the one that is the same; a build that is there already is deployed where it was wanted. */
export async function requestBuildAs(plane: ControlPlane, principal: Principal, wish: BuildWish, after: After<BuildRequested>): Promise<void> {
  const { branch = plane.config.branch, requestedBy = principal.name, deployTo, reason } = wish;
  assertMayName(principal, requestedBy);
  if (deployTo !== undefined) {
    authorize(principal, "deployment.request", deployTo);
    await plane.environments.get(deployTo);
  }
  await plane.assertRoom();
  // What is left of a wish for a build that is there already is that it runs where it was wanted.
  const isLeft = ({ kind }: RequestOutcome): boolean => kind === "done" && deployTo !== undefined;
  const requester = await storedPrincipal(plane.handle.db, principal);
  const asked = { ...wish, branch, requestedBy, tokenName: principal.name, requester };
  const outcome = await requestBuild(plane, asked, async (trx, found) => (isLeft(found) ? undefined : after(trx, found)));
  if (!isLeft(outcome) || deployTo === undefined) return;
  const afterDeploy: After<DeployOutcome> = (trx, deployed) => after(trx, { ...outcome, deployed });
  await deployBuild(plane, { build: outcome.build, environment: deployTo, actor: principal.name, requestedBy, requesters: [requester], reason }, { unlessActive: true, after: afterDeploy });
}

/** A token may ask in somebody's name, and the journal tells both; a person who is signed in asks for themselves. */
function assertMayName({ kind, name }: Principal, requestedBy: string): void {
  if (kind === "person" && requestedBy !== name) fail("requester_not_you", `${name} is signed in, and the request names ${JSON.stringify(requestedBy)}`, { path: "requested_by" });
}

/** Whether there is nothing to wait for. */
export function isOver({ kind }: RequestOutcome): boolean {
  return kind === "done" || kind === "failed";
}
