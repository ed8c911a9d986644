import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { answerOnce, type Answer } from "../answer-once.ts";
import { principalOf } from "../authenticate.ts";
import { readDeployment } from "../operations/approvals.ts";
import { deployAs, environmentOfRollback, pageOfDeployments, rollBackAs, type RollbackWish } from "../operations/deployments.ts";
import { pageQuery, reasonText } from "../views/common.ts";
import { deploymentDetailView, deploymentRequestedView, deploymentStatus, deploymentsView, showDeployment, showDeploymentDetail, showRequested, type DeploymentRequestedView } from "../views/release.ts";
import type { Api } from "./app.ts";

const idParams = z.object({ id: z.string().max(100) });
const deployBody = z.strictObject({ environment: z.string().min(1).max(100), reason: reasonText.default("") });
const rollbackBody = z.strictObject({ target_release: z.string().min(1).max(100).optional(), environment: z.string().min(1).max(100).optional(), reason: reasonText.default("") }).nullish();
const environmentRollbackBody = z.strictObject({ target_release: z.string().min(1).max(100).optional(), reason: reasonText.default("") }).nullish();

export function deploymentRoutes(api: Api, plane: ControlPlane): void {
  api.post("/builds/:id/deploy", { config: { permission: "deployment.request", environment: ({ body }) => deployBody.parse(body).environment }, schema: { operationId: "deployBuild", tags: ["deployments"], summary: "Release a build in an environment", params: idParams, body: deployBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const wish = { build: request.params.id, ...request.body };
    const answer = await answerOnce<DeploymentRequestedView, 202>(request, (keep) => deployAs(plane, principalOf(request), wish, (trx, outcome) => keep(trx, 202, showRequested(outcome))));
    return reply.status(answer.status).send(answer.body);
  });

  const rollBackOnce = (request: FastifyRequest, wish: RollbackWish): Promise<Answer<DeploymentRequestedView, 202>> =>
    answerOnce(request, (keep) => rollBackAs(plane, principalOf(request), wish, (trx, outcome) => keep(trx, 202, showRequested(outcome))));

  const meant = async ({ params, body }: { readonly params: unknown; readonly body: unknown }): Promise<string> => {
    const { target_release: targetRelease, environment } = rollbackBody.parse(body) ?? {};
    return environment ?? environmentOfRollback(plane, idParams.parse(params).id, targetRelease);
  };
  api.post("/builds/:id/rollback", { config: { permission: "deployment.rollback", environment: meant }, schema: { operationId: "rollBackBuild", tags: ["deployments"], summary: "Go back to an earlier release", params: idParams, body: rollbackBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const { target_release: targetRelease, reason = "" } = request.body ?? {};
    const answer = await rollBackOnce(request, { environment: await meant(request), targetRelease, reason });
    return reply.status(answer.status).send(answer.body);
  });

  const nameParams = z.object({ name: z.string().max(100) });
  api.post("/environments/:name/rollback", { config: { permission: "deployment.rollback", environment: ({ params }) => nameParams.parse(params).name }, schema: { operationId: "rollBackEnvironment", tags: ["deployments"], summary: "Go back to the predecessor or to a named release", params: nameParams, body: environmentRollbackBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const { target_release: targetRelease, reason = "" } = request.body ?? {};
    const answer = await rollBackOnce(request, { environment: request.params.name, targetRelease, reason });
    return reply.status(answer.status).send(answer.body);
  });

  api.get("/deployments/:id", { config: { permission: "read" }, schema: { operationId: "getDeployment", tags: ["deployments"], summary: "One deployment with its steps", params: idParams, response: { 200: deploymentDetailView } } }, async (request) => {
    return showDeploymentDetail(await readDeployment(plane, request.params.id));
  });

  const listQuery = z.object({ ...pageQuery, environment: z.string().max(100).optional(), build_id: z.string().max(100).optional(), status: deploymentStatus.optional() });
  api.get("/deployments", { config: { permission: "read" }, schema: { operationId: "listDeployments", tags: ["deployments"], summary: "Deployments, newest first", querystring: listQuery, response: { 200: deploymentsView } } }, async (request) => {
    const { build_id: build, ...wish } = request.query;
    const { items, next } = await pageOfDeployments(plane, { ...wish, build });
    return { deployments: items.map(showDeployment), next_cursor: next };
  });
}
