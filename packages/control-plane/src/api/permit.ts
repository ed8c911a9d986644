import type { FastifyInstance } from "fastify";
import { authorize } from "../access/authorize.ts";
import { ModyardError } from "../errors/problem.ts";
import type { Permission } from "../access/permissions.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What it takes to call this route. Every route below /admin says it; a route without it does not start. */
    readonly permission?: Permission;
    /** The environment that the request is about, where the permission is for environments. Undefined: about none. */
    readonly environment?: (request: { readonly params: unknown; readonly body: unknown }) => Promise<string | undefined> | string | undefined;
  }
}

/** Holds every route to the table of permissions before anything of the request is looked at: whether its principal may do this anywhere. */
export function holdToPermissions(app: FastifyInstance): void {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.permission === undefined) throw new Error(`${String(method)} ${url} names no permission`);
  });
  app.addHook("onRequest", (request, _reply, done) => {
    const { permission } = request.routeOptions.config;
    if (permission !== undefined && request.principal !== undefined) authorize(request.principal, permission);
    done();
  });
}

/** Once a request was parsed: whether its principal may do this in the environment that it is about. */
export function holdToEnvironments(app: FastifyInstance): void {
  app.addHook("preHandler", async (request) => {
    const { permission, environment } = request.routeOptions.config;
    if (permission === undefined || environment === undefined || request.principal === undefined) return;
    const about = await foundOrNot(async () => environment(request));
    if (about !== undefined) authorize(request.principal, permission, about);
  });
}

/** What is not there is in no environment. The route itself says so, by the same look, and its answer is kept under the request's key. */
async function foundOrNot(find: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ModyardError) return undefined;
    throw error;
  }
}
