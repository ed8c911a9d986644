import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { answerOnce } from "../answer-once.ts";
import { principalOf } from "../authenticate.ts";
import { approveAs, environmentOfDeployment, rejectAs, withdrawAs } from "../operations/approvals.ts";
import { reasonBody, reasonText } from "../views/common.ts";
import { deploymentView, showDeployment, type DeploymentView } from "../views/release.ts";
import type { Api } from "./app.ts";

const params = z.object({ id: z.string().max(100) });
const approveBody = z.strictObject({ reason: reasonText.default(""), accept_stale: z.boolean().default(false).describe("Approve it although the environment has changed since it was asked for.") }).nullish();
const rejectBody = z.strictObject({ reason: reasonText.min(1).describe("Why; who asked reads it.") });

/** What a second person, or who asked, decides about deployments that wait. */
export function approvalRoutes(api: Api, plane: ControlPlane): void {
  const environment = ({ params: given }: { readonly params: unknown }): Promise<string> => environmentOfDeployment(plane, params.parse(given).id);
  const response = { 200: deploymentView };

  api.post("/deployments/:id/approve", { config: { permission: "deployment.approve", environment }, schema: { operationId: "approveDeployment", tags: ["deployments"], summary: "Approve a deployment that waits, as a second person", params, body: approveBody, response } }, async (request) => {
    const { reason = "", accept_stale: acceptStale = false } = request.body ?? {};
    const { body } = await answerOnce<DeploymentView, 200>(request, (keep) => approveAs(plane, principalOf(request), { id: request.params.id, reason, acceptStale }, (trx, deployment) => keep(trx, 200, showDeployment(deployment))));
    return body;
  });

  api.post("/deployments/:id/reject", { config: { permission: "deployment.approve", environment }, schema: { operationId: "rejectDeployment", tags: ["deployments"], summary: "Reject a deployment that waits", params, body: rejectBody, response } }, async (request) => {
    const wish = { id: request.params.id, ...request.body };
    const { body } = await answerOnce<DeploymentView, 200>(request, (keep) => rejectAs(plane, principalOf(request), wish, (trx, deployment) => keep(trx, 200, showDeployment(deployment))));
    return body;
  });

  api.post("/deployments/:id/withdraw", { config: { permission: "deployment.request", environment }, schema: { operationId: "withdrawDeployment", tags: ["deployments"], summary: "Withdraw a deployment that one asked for and that waits", params, body: reasonBody, response } }, async (request) => {
    const wish = { id: request.params.id, reason: request.body?.reason ?? "" };
    const { body } = await answerOnce<DeploymentView, 200>(request, (keep) => withdrawAs(plane, principalOf(request), wish, (trx, deployment) => keep(trx, 200, showDeployment(deployment))));
    return body;
  });
}
