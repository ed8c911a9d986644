import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance, RouteOptions } from "fastify";

/** A route as the application has it, one method each. */
export interface AppRoute {
  readonly method: string;
  readonly url: string;
  readonly config: NonNullable<RouteOptions["config"]>;
}

/** Runs `open`, and lists every route that the applications made by it were given: as Fastify itself tells, so that none can hide. */
export async function withRoutes<T>(open: () => Promise<T>): Promise<{ readonly opened: T; readonly routes: readonly AppRoute[] }> {
  const routes: AppRoute[] = [];
  const listen = (message: unknown): void => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook("onRoute", ({ method, url, config }) => void routes.push(...[method].flat().map((each) => ({ method: each, url, config: { ...config } }))));
  };
  subscribe("fastify.initialization", listen);
  try {
    return { opened: await open(), routes };
  } finally {
    unsubscribe("fastify.initialization", listen);
  }
}
