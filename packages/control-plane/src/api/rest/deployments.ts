import { z } from "zod";
import { getBuild } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { deployBuild, rollBack } from "../../deployment/deploy-build.ts";
import { getDeployment, listDeployments } from "../../deployment/store.ts";
import { fail } from "../../errors/problem.ts";
import { getRelease, listReleases } from "../../release/store.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf } from "../authenticate.ts";
import { pageQuery, reasonText, unknownCursor } from "../views/common.ts";
import { deploymentRequestedView, deploymentView, deploymentsView, showDeployment, showRequested, type DeploymentRequestedView } from "../views/release.ts";
import type { Api } from "./app.ts";

const idParams = z.object({ id: z.string().max(100) });
const deployBody = z.strictObject({ environment: z.string().min(1).max(100), reason: reasonText.default("") });
const rollbackBody = z.strictObject({ target_release: z.string().min(1).max(100).optional(), environment: z.string().min(1).max(100).optional(), reason: reasonText.default("") }).nullish();
const environmentRollbackBody = z.strictObject({ target_release: z.string().min(1).max(100).optional(), reason: reasonText.default("") }).nullish();

export function deploymentRoutes(api: Api, plane: ControlPlane): void {
  api.post("/builds/:id/deploy", { config: { permission: "deployment.request", environment: ({ body }) => deployBody.parse(body).environment }, schema: { operationId: "deployBuild", tags: ["deployments"], summary: "Release a build in an environment", params: idParams, body: deployBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const build = await getBuild(plane.handle.db, request.params.id);
    const wish = { build, actor: actorOf(request), ...request.body };
    const answer = await answerOnce<DeploymentRequestedView, 202>(request, (keep) => deployBuild(plane, wish, { unlessActive: false, after: (trx, outcome) => keep(trx, 202, showRequested(outcome)) }));
    return reply.status(answer.status).send(answer.body);
  });

  const meant = async ({ params, body }: { readonly params: unknown; readonly body: unknown }): Promise<string> => {
    const { target_release: targetRelease, environment } = rollbackBody.parse(body) ?? {};
    return environment ?? environmentOf(plane, targetRelease, (await getBuild(plane.handle.db, idParams.parse(params).id)).id);
  };
  api.post("/builds/:id/rollback", { config: { permission: "deployment.rollback", environment: meant }, schema: { operationId: "rollBackBuild", tags: ["deployments"], summary: "Go back to an earlier release", params: idParams, body: rollbackBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const { target_release: targetRelease, reason = "" } = request.body ?? {};
    const environment = await meant(request);
    const wish = { environment, actor: actorOf(request), reason, ...(targetRelease !== undefined && { targetRelease }) };
    const answer = await answerOnce<DeploymentRequestedView, 202>(request, (keep) => rollBack(plane, wish, (trx, outcome) => keep(trx, 202, showRequested(outcome))));
    return reply.status(answer.status).send(answer.body);
  });

  const nameParams = z.object({ name: z.string().max(100) });
  api.post("/environments/:name/rollback", { config: { permission: "deployment.rollback", environment: ({ params }) => nameParams.parse(params).name }, schema: { operationId: "rollBackEnvironment", tags: ["deployments"], summary: "Go back to the predecessor or to a named release", params: nameParams, body: environmentRollbackBody, response: { 202: deploymentRequestedView } } }, async (request, reply) => {
    const environment = request.params.name;
    await plane.environments.get(environment);
    const targetRelease = request.body?.target_release;
    const wish = { environment, actor: actorOf(request), reason: request.body?.reason ?? "", ...(targetRelease !== undefined && { targetRelease }) };
    const answer = await answerOnce<DeploymentRequestedView, 202>(request, (keep) => rollBack(plane, wish, (trx, outcome) => keep(trx, 202, showRequested(outcome))));
    return reply.status(answer.status).send(answer.body);
  });

  api.get("/deployments/:id", { config: { permission: "read" }, schema: { operationId: "getDeployment", tags: ["deployments"], summary: "One deployment with its steps", params: idParams, response: { 200: deploymentView } } }, async (request) => {
    return showDeployment(await getDeployment(plane.handle.db, request.params.id));
  });

  const listQuery = z.object({ ...pageQuery, environment: z.string().max(100).optional(), build_id: z.string().max(100).optional() });
  api.get("/deployments", { config: { permission: "read" }, schema: { operationId: "listDeployments", tags: ["deployments"], summary: "Deployments, newest first", querystring: listQuery, response: { 200: deploymentsView } } }, async (request) => {
    const { environment, build_id: build, limit, cursor } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("dpl", cursor) ?? unknownCursor(cursor));
    const buildId = build === undefined ? undefined : (await getBuild(plane.handle.db, build)).id;
    const found = await listDeployments(plane.handle.db, { limit: limit + 1, ...(before !== undefined && { before }), ...(environment !== undefined && { environment }), ...(buildId !== undefined && { buildId }) });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { deployments: page.map(showDeployment), next_cursor: found.length > limit && last !== undefined ? toPublicId("dpl", last.id) : null };
  });
}

/** The environment that a rollback means: that of the named release, else the only one that has a release of the build. */
async function environmentOf({ handle }: ControlPlane, targetRelease: string | undefined, buildId: string): Promise<string> {
  if (targetRelease !== undefined) return (await getRelease(handle.db, targetRelease)).environment;
  const active = (await listReleases(handle.db, { limit: 200 })).filter((release) => release.status === "active" && release.buildId === buildId);
  const [only, other] = active;
  if (only !== undefined && other === undefined) return only.environment;
  return fail("environment_not_found", "the request names no environment, and the build is not active in exactly one", { hint: "Add `environment` or `target_release` to the request." });
}
