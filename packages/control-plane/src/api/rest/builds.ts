import { z } from "zod";
import { cancelBuild } from "../../build/cancel.ts";
import { requestBuild, type RequestOutcome } from "../../build/request.ts";
import { listRequests } from "../../build/requests-store.ts";
import { listSteps } from "../../build/steps-store.ts";
import { getBuild, listBuilds } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { toPublicId, toUuid } from "../../database/identifiers.ts";
import { deployBuild } from "../../deployment/deploy-build.ts";
import { actorOf } from "../authenticate.ts";
import { buildRequestedView, buildView, buildsView, showBuild } from "../views/build.ts";
import { changeShape, toChange } from "../views/change.ts";
import { failureView, pageQuery, personText, reasonText, unknownCursor } from "../views/common.ts";
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
  api.post("/builds", { schema: { summary: "Ask for a build", body: buildBody, response: { 200: buildRequestedView, 202: buildRequestedView } } }, async (request, reply) => {
    const { manifest_ref: branch = plane.config.branch, requested_by: requestedBy = actorOf(request), reason, plan_hash: planHash, deploy_to: deployTo, force, ...change } = request.body;
    if (deployTo !== undefined) await plane.environments.get(deployTo);
    await plane.assertRoom();
    const outcome = await requestBuild(plane, {
      branch,
      change: toChange(change),
      requestedBy,
      tokenName: actorOf(request),
      reason,
      force,
      ...(planHash !== undefined && { planHash }),
      ...(deployTo !== undefined && { deployTo }),
    });
    const deployed = outcome.kind === "done" && deployTo !== undefined ? await deployAgain(plane, outcome, deployTo, requestedBy, reason) : undefined;
    const over = outcome.kind === "done" || outcome.kind === "failed";
    return reply.status(over ? 200 : 202).send({
      build_id: toPublicId("bld", outcome.build.id),
      status: outcome.build.status,
      outcome: outcome.kind,
      ...deployed,
      ...(outcome.kind === "failed" && { error: outcome.build.error === null ? null : failureView.parse(outcome.build.error) }),
    });
  });

  const listQuery = z.object({ ...pageQuery, status: z.enum(["queued", "running", "success", "failed", "cancelled"]).optional() });
  api.get("/builds", { schema: { summary: "Builds, newest first", querystring: listQuery, response: { 200: buildsView } } }, async (request) => {
    const { limit, cursor, status } = request.query;
    const before = cursor === undefined ? undefined : (toUuid("bld", cursor) ?? unknownCursor(cursor));
    const found = await listBuilds(plane.handle.db, { limit: limit + 1, ...(before !== undefined && { before }), ...(status !== undefined && { status }) });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { builds: page.map((build) => showBuild(build, baseOf(request))), next_cursor: found.length > limit && last !== undefined ? toPublicId("bld", last.id) : null };
  });

  api.get("/builds/:id", { schema: { summary: "One build with its steps", params: idParams, response: { 200: buildView } } }, async (request) => {
    const build = await getBuild(plane.handle.db, request.params.id);
    return showBuild(build, baseOf(request), await listSteps(plane.handle.db, build.id, build.attempt), await listRequests(plane.handle.db, build.id));
  });

  const cancelBody = z.strictObject({ reason: reasonText.default("") }).nullish();
  api.post("/builds/:id/cancel", { schema: { summary: "Cancel a build", params: idParams, body: cancelBody, response: { 202: buildView } } }, async (request, reply) => {
    const build = await cancelBuild(plane, request.params.id, actorOf(request), request.body?.reason ?? "");
    return reply.status(202).send(showBuild(build, baseOf(request)));
  });
}

/** The build is there already: what is left of the wish is that it runs where it was wanted. */
async function deployAgain(plane: ControlPlane, { build }: RequestOutcome, environment: string, actor: string, reason: string): Promise<{ deployment_id?: string; release_id: string }> {
  const { release, deployment } = await deployBuild(plane, { build, environment, actor, reason }, { unlessActive: true });
  return { release_id: release.id, ...(deployment !== undefined && { deployment_id: toPublicId("dpl", deployment.id) }) };
}
