import { storedPrincipal } from "../../access/hand.ts";
import type { Principal } from "../../access/principal.ts";
import type { RequestOutcome } from "../../build/request.ts";
import { requestVerification } from "../../build/verify.ts";
import type { ControlPlane } from "../../control-plane.ts";
import type { After } from "./after.ts";

/** Queues a build that makes another one again and compares their artifacts. */
export async function verifyBuildAs(plane: ControlPlane, principal: Principal, wish: { readonly id: string; readonly reason: string }, after: After<RequestOutcome>): Promise<void> {
  await plane.assertRoom();
  const requester = await storedPrincipal(plane.handle.db, principal);
  await requestVerification(plane, wish.id, { requestedBy: principal.name, tokenName: principal.name, requester, reason: wish.reason }, after);
}
