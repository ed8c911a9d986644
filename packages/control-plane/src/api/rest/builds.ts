import { z } from "zod";
import { authorize } from "../../access/authorize.ts";
import { cancelBuild } from "../../build/cancel.ts";
import { requestBuild, type RequestOutcome } from "../../build/request.ts";
import { listRequests } from "../../build/requests-store.ts";
import { listSteps } from "../../build/steps-store.ts";
import { getBuild, listBuilds } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import type { Executor } from "../../database/connection.ts";
import { deployBuild, type DeployOutcome } from "../../deployment/deploy-build.ts";
import { answerOnce } from "../answer-once.ts";
import { actorOf, principalOf } from "../authenticate.ts";
import { buildRequestedView, buildView, buildsView, showBuild, showOutcome, type BuildRequestedView, type BuildView } from "../views/build.ts";
import { changeShape, toChange } from "../views/change.ts";
import { pageQuery, personText, reasonText, unknownCursor } from "../views/common.ts";
import { baseOf, type Api } from "./app.ts";

const buildBody = z.strictObject({
  manifest_ref: z.string().min(1).max(200).optional(),
  requested_by: personText.optional(),
  reason: reasonText.default(""),
  ...changeShape,
  plan_hash: z.string().max(100).optional(),
  deploy_to: z.string().min(1).max(100).optional(),
  force: z.boolean().default(false),
});

const idParams = z.object({ id: z.string().max(100) });

export function buildRoutes(api: Api, plane: ControlPlane): void {
  api.post("/builds", { config: { permission: "build.request" }, schema: { operationId: "requestBuild", tags: ["builds"], summary: "Ask for a build", body: buildBody, response: { 200: buildRequestedView, 202: buildRequestedView } } }, async (request, reply) => {
    const { manifest_ref: branch = plane.config.branch, requested_by: requestedBy = actorOf(request), reason, plan_hash: planHash, deploy_to: deployTo, force, ...change } = request.body;
    if (deployTo !== undefined) authorize(principalOf(request), "deployment.request", (await plane.environments.get(deployTo)).settings.name);
    await plane.assertRoom();
    const asked = { branch, change: toChange(change), requestedBy, tokenName: actorOf(request), reason, force, ...(planHash !== undefined && { planHash }), ...(deployTo !== undefined && { deployTo }) };
    const answer = await answerOnce<BuildRequestedView, 200 | 202>(request, async (keep) => {
      // The build may be there already: what is left of the wish is that it runs where it was wanted.
      const isLeft = ({ kind }: RequestOutcome): boolean => kind === "done" && deployTo !== undefined;
      const outcome = await requestBuild(plane, asked, async (trx, found) => (isLeft(found) ? undefined : keep(trx, isOver(found) ? 200 : 202, showOutcome(found))));
      if (!isLeft(outcome) || deployTo === undefined) return;
      const after = (trx: Executor, deployed: DeployOutcome): Promise<void> => keep(trx, 200, { ...showOutcome(outcome), ...showDeployed(deployed) });
      await deployBuild(plane, { build: outcome.build, environment: deployTo, actor: requestedBy, reason }, { unlessActive: true, after });
    });
    return reply.status(answer.status).send(answer.body);
  });

  const listQuery = z.object({ ...pageQuery, status: z.enum(["queued", "running", "success", "failed", "cancelled"]).optional(), manifest_ref: z.string().max(200).optional(), deploy_to: z.string().max(100).optional() });
  api.get("/builds", { config: { permission: "read" }, schema: { operationId: "listBuilds", tags: ["builds"], summary: "Builds, newest first", querystring: listQuery, response: { 200: buildsView } } }, async (request) => {
    const { limit, cursor, status, manifest_ref: branch, deploy_to: deployTo } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("bld", cursor) ?? unknownCursor(cursor));
    const found = await listBuilds(plane.handle.db, { limit: limit + 1, ...(before !== undefined && { before }), ...(status !== undefined && { status }), ...(branch !== undefined && { branch }), ...(deployTo !== undefined && { deployTo }) });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { builds: page.map((build) => showBuild(build, baseOf(request))), next_cursor: found.length > limit && last !== undefined ? toPublicId("bld", last.id) : null };
  });

  api.get("/builds/:id", { config: { permission: "read" }, schema: { operationId: "getBuild", tags: ["builds"], summary: "One build with its steps", params: idParams, response: { 200: buildView } } }, async (request) => {
    const build = await getBuild(plane.handle.db, request.params.id);
    return showBuild(build, baseOf(request), await listSteps(plane.handle.db, build.id, build.attempt), await listRequests(plane.handle.db, build.id));
  });

  const cancelBody = z.strictObject({ reason: reasonText.default("") }).nullish();
  api.post("/builds/:id/cancel", { config: { permission: "build.cancel" }, schema: { operationId: "cancelBuild", tags: ["builds"], summary: "Cancel a build", params: idParams, body: cancelBody, response: { 202: buildView } } }, async (request, reply) => {
    const base = baseOf(request);
    const answer = await answerOnce<BuildView, 202>(request, (keep) => cancelBuild(plane, request.params.id, actorOf(request), request.body?.reason ?? "", (trx, build) => keep(trx, 202, showBuild(build, base))));
    return reply.status(answer.status).send(answer.body);
  });
}

function isOver({ kind }: RequestOutcome): boolean {
  return kind === "done" || kind === "failed";
}

function showDeployed({ release, deployment }: DeployOutcome): { readonly release_id: string; readonly deployment_id?: string } {
  return { release_id: release.id, ...(deployment !== undefined && { deployment_id: toPublicId("dpl", deployment.id) }) };
}
