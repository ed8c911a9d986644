import { z } from "zod";
import { usualSeconds } from "../../build/progress.ts";
import { listRequests } from "../../build/requests-store.ts";
import { listSteps } from "../../build/steps-store.ts";
import { getBuild } from "../../build/store.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { answerOnce } from "../answer-once.ts";
import { principalOf } from "../authenticate.ts";
import { cancel, pageOfBuilds } from "../operations/builds.ts";
import { isOver, requestBuildAs } from "../operations/request-build.ts";
import { verifyBuildAs } from "../operations/verify-build.ts";
import { buildRequestedView, buildView, buildsView, showBuild, showOutcome, type BuildRequestedView, type BuildView } from "../views/build.ts";
import { changeShape, toChange } from "../views/change.ts";
import { pageQuery, personText, reasonBody, reasonText } from "../views/common.ts";
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
    const { manifest_ref: branch, requested_by: requestedBy, reason, plan_hash: planHash, deploy_to: deployTo, force, ...change } = request.body;
    const wish = { branch, change: toChange(change), requestedBy, reason, planHash, deployTo, force };
    const answer = await answerOnce<BuildRequestedView, 200 | 202>(request, (keep) => requestBuildAs(plane, principalOf(request), wish, (trx, outcome) => keep(trx, isOver(outcome) ? 200 : 202, showOutcome(outcome))));
    return reply.status(answer.status).send(answer.body);
  });

  const listQuery = z.object({ ...pageQuery, status: z.enum(["queued", "running", "success", "failed", "cancelled"]).optional(), manifest_ref: z.string().max(200).optional(), deploy_to: z.string().max(100).optional() });
  api.get("/builds", { config: { permission: "read" }, schema: { operationId: "listBuilds", tags: ["builds"], summary: "Builds, newest first", querystring: listQuery, response: { 200: buildsView } } }, async (request) => {
    const { manifest_ref: branch, deploy_to: deployTo, ...wish } = request.query;
    const { items, next } = await pageOfBuilds(plane, { ...wish, branch, deployTo });
    return { builds: items.map((build) => showBuild(build, baseOf(request))), next_cursor: next };
  });

  api.get("/builds/:id", { config: { permission: "read" }, schema: { operationId: "getBuild", tags: ["builds"], summary: "One build with its steps", params: idParams, response: { 200: buildView } } }, async (request) => {
    const build = await getBuild(plane.handle.db, request.params.id);
    const shown = showBuild(build, baseOf(request), await listSteps(plane.handle.db, build.id, build.attempt), await listRequests(plane.handle.db, build.id));
    return { ...shown, expected_seconds: build.verifies === null ? await usualSeconds(plane.handle.db) : null };
  });

  const verification = "Makes the build again, from the commit that it landed and with nothing cached, and compares the artifacts byte for byte. The answer names the build that does so; it ends in `artifact_differs` where they are not the same.";
  api.post("/builds/:id/verify", { config: { permission: "build.request" }, schema: { operationId: "verifyBuild", tags: ["builds"], summary: "Make a build again and compare", description: verification, params: idParams, body: reasonBody, response: { 202: buildRequestedView } } }, async (request, reply) => {
    const wish = { id: request.params.id, reason: request.body?.reason ?? "" };
    const answer = await answerOnce<BuildRequestedView, 202>(request, (keep) => verifyBuildAs(plane, principalOf(request), wish, (trx, outcome) => keep(trx, 202, showOutcome(outcome))));
    return reply.status(answer.status).send(answer.body);
  });

  api.post("/builds/:id/cancel", { config: { permission: "build.cancel" }, schema: { operationId: "cancelBuild", tags: ["builds"], summary: "Cancel a build", params: idParams, body: reasonBody, response: { 202: buildView } } }, async (request, reply) => {
    const wish = { id: request.params.id, reason: request.body?.reason ?? "" };
    const answer = await answerOnce<BuildView, 202>(request, (keep) => cancel(plane, principalOf(request), wish, (trx, build) => keep(trx, 202, showBuild(build, baseOf(request)))));
    return reply.status(answer.status).send(answer.body);
  });
}
