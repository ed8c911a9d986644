import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import type { Environment } from "../../deployment/environment.ts";
import { listRollbackTargets } from "../../deployment/deploy-build.ts";
import { listDeployments } from "../../deployment/store.ts";
import type { Observation } from "../../deployment/targets/target.ts";
import { findActiveRelease, findRelease } from "../../release/store.ts";
import { snakeCase } from "../snake-case.ts";
import { pageQuery, unknownCursor } from "../views/common.ts";
import { environmentDetailView, environmentsView, type environmentView } from "../views/environment.ts";
import { showDeployment, showRelease } from "../views/release.ts";
import type { Api } from "./app.ts";

export function environmentRoutes(api: Api, plane: ControlPlane): void {
  api.get("/environments", { config: { permission: "read" }, schema: { operationId: "listEnvironments", tags: ["environments"], summary: "Every environment and what runs there", response: { 200: environmentsView } } }, async () => {
    const all = await plane.environments.list();
    return { environments: await Promise.all(all.map((environment) => showEnvironment(plane, environment))) };
  });

  const params = z.object({ name: z.string().max(100) });
  const query = z.object({ ...pageQuery, limit: pageQuery.limit.default(20) });
  api.get("/environments/:name", { config: { permission: "read" }, schema: { operationId: "getEnvironment", tags: ["environments"], summary: "One environment with its releases, newest first", params, querystring: query, response: { 200: environmentDetailView } } }, async (request) => {
    const environment = await plane.environments.get(request.params.name);
    const { limit, cursor } = request.query;
    const before = cursor === undefined ? undefined : ((await findRelease(plane.handle.db, cursor)) ?? unknownCursor(cursor));
    const found = await listRollbackTargets(plane, environment.settings.name, { limit: limit + 1, ...(before !== undefined && { before }) });
    const page = found.slice(0, limit);
    const next = found.length > limit ? (page.at(-1)?.release.id ?? null) : null;
    return { ...(await showEnvironment(plane, environment)), releases: page.map(({ release, rollback }) => showRelease(release, rollback)), next_cursor: next };
  });
}

async function showEnvironment(plane: ControlPlane, environment: Environment): Promise<z.output<typeof environmentView>> {
  const { name, target } = environment.settings;
  const active = await findActiveRelease(plane.handle.db, name);
  // An environment that never had a release needs no gateway yet: asking its driver would start one.
  const observed = active === undefined ? undefined : await observe(plane, environment);
  const [deployment] = await listDeployments(plane.handle.db, { environment: name, limit: 1 });
  return {
    name,
    target,
    url: observed?.url ?? (environment.settings.listen === undefined ? null : `http://${environment.settings.listen}`),
    active_release: active === undefined ? null : showRelease(active),
    observed: observed === undefined ? null : snakeCase(observed),
    deployment: deployment === undefined ? null : showDeployment(deployment),
  };
}

async function observe(plane: ControlPlane, { target, settings }: Environment): Promise<Observation | undefined> {
  try {
    return await target.observe();
  } catch (error) {
    plane.logger.warn({ err: error, environment: settings.name }, "an environment cannot be observed");
    return undefined;
  }
}
