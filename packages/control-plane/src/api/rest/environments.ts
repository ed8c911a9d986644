import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { observe, readEnvironment, readEnvironments, urlOf, type EnvironmentState } from "../operations/environments.ts";
import { pageOf } from "../operations/page.ts";
import { pageOfRollbackTargets } from "../operations/releases.ts";
import { snakeCase } from "../snake-case.ts";
import { pageQuery, unknownCursor, wholeQuery } from "../views/common.ts";
import { environmentDetailView, environmentsView, type environmentView } from "../views/environment.ts";
import { showDeployment, showRelease } from "../views/release.ts";
import type { Api } from "./app.ts";

export function environmentRoutes(api: Api, plane: ControlPlane): void {
  api.get("/environments", { config: { permission: "read" }, schema: { operationId: "listEnvironments", tags: ["environments"], summary: "Every environment and what runs there", querystring: wholeQuery, response: { 200: environmentsView } } }, async (request) => {
    const { items, next } = pageOf(await plane.environments.list(), request.query, ({ settings }) => settings.name) ?? unknownCursor(request.query.cursor ?? "");
    const shown = await readEnvironments(plane, items);
    return { environments: await Promise.all(shown.map((state) => showEnvironment(plane, state))), next_cursor: next };
  });

  const params = z.object({ name: z.string().max(100) });
  const query = z.object({ ...pageQuery, limit: pageQuery.limit.default(20) });
  api.get("/environments/:name", { config: { permission: "read" }, schema: { operationId: "getEnvironment", tags: ["environments"], summary: "One environment with its releases, newest first", params, querystring: query, response: { 200: environmentDetailView } } }, async (request) => {
    const environment = await plane.environments.get(request.params.name);
    const { items, next } = await pageOfRollbackTargets(plane, { ...request.query, environment: environment.settings.name });
    return { ...(await showEnvironment(plane, await readEnvironment(plane, environment))), releases: items.map(({ release, rollback }) => showRelease(release, rollback)), next_cursor: next };
  });
}

async function showEnvironment(plane: ControlPlane, { environment, active, deployment, isProtected, waiting }: EnvironmentState): Promise<z.output<typeof environmentView>> {
  const { name, target } = environment.settings;
  const observed = await observe(plane, environment, active);
  return {
    name,
    target,
    url: urlOf(environment, observed),
    active_release: active === undefined ? null : showRelease(active),
    observed: observed === undefined ? null : snakeCase(observed),
    deployment: deployment === undefined ? null : showDeployment(deployment),
    protected: isProtected,
    waiting: waiting.map(showDeployment),
  };
}
