import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ModuleDefinition } from "./definition.ts";
import { health, modulesHealth, type ModulesHealthOptions } from "./health.ts";
import { startFailed } from "./lifecycle.ts";
import type { ModuleRegistry } from "./registry.ts";
import type { ModuleRequest, ModuleResponse, ModuleRoute } from "./routes.ts";
import type { Application } from "./serve/application.ts";
import { guardModule } from "./tenants/guard.ts";
import type { TenantModules } from "./tenants/tenant-modules.ts";

declare module "./definition.ts" {
  interface ModuleHost {
    /** The module's own encapsulated instance, below its prefix and behind its tenant guard. */
    readonly fastify: FastifyInstance;
  }
}

export interface MountOptions {
  /** Absent: every module answers every tenant. */
  readonly tenants?: TenantModules;
  /** Which tenant a request belongs to. Default: always `default`. */
  readonly tenantOf?: (request: FastifyRequest) => string;
  readonly health?: ModulesHealthOptions;
}

/** Adds `/health`, `/health/modules`, and every module's routes below `/<slug>`, each behind its tenant guard. */
export function mountModules(fastify: FastifyInstance, registry: ModuleRegistry, options: MountOptions = {}): void {
  mountHealth(fastify, registry, options.health);
  for (const module of registry.ordered()) mountModule(fastify, module, options);
}

/** Adds `/health` and `/health/modules` only. */
export function mountHealth(fastify: FastifyInstance, registry: ModuleRegistry, options: ModulesHealthOptions = {}): void {
  fastify.get("/health", (_request, reply) => {
    const answer = health(options.identity);
    return reply.status(answer.status).header("cache-control", "no-store").send(answer.body);
  });
  fastify.get("/health/modules", async (_request, reply) => {
    const answer = await modulesHealth(registry, options);
    return reply.status(answer.status).header("cache-control", "no-store").send(answer.body);
  });
}

/** The application that `serve` runs. */
export function fastifyApplication(fastify: FastifyInstance, registry: ModuleRegistry): Application {
  return {
    registry,
    server: fastify.server,
    ready: async () => void (await fastify.ready()),
    close: async () => void (await fastify.close()),
  };
}

function mountModule(fastify: FastifyInstance, module: ModuleDefinition, options: MountOptions): void {
  const { tenants, tenantOf = () => "default" } = options;
  void fastify.register(
    async (scope) => {
      if (tenants !== undefined) {
        scope.addHook("onRequest", async (request, reply) => {
          const refusal = await guardModule(tenants, tenantOf(request), module.slug);
          if (refusal !== undefined) return send(reply, refusal);
        });
      }
      await plugIn(scope, module, tenantOf);
    },
    { prefix: `/${module.slug}` },
  );
}

function mountRoute(scope: FastifyInstance, route: ModuleRoute, tenantOf: (request: FastifyRequest) => string): void {
  scope.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => send(reply, await route.handle(toModuleRequest(request, tenantOf(request)))),
  });
}

/** Whatever the framework has against a module, such as a route that is there already, is told with the module's name. */
async function plugIn(scope: FastifyInstance, module: ModuleDefinition, tenantOf: (request: FastifyRequest) => string): Promise<void> {
  try {
    for (const route of module.routes) mountRoute(scope, route, tenantOf);
    await module.register?.({ fastify: scope });
  } catch (error) {
    throw startFailed(module, error);
  }
}

function toModuleRequest(request: FastifyRequest, tenant: string): ModuleRequest {
  return {
    method: request.method,
    path: request.url.split("?", 1)[0] ?? "/",
    // Fastify parses these three; their declared types are `unknown` only because a schema could change them.
    params: request.params as ModuleRequest["params"],
    query: request.query as ModuleRequest["query"],
    headers: request.headers,
    body: request.body ?? undefined,
    tenant,
  };
}

function send(reply: FastifyReply, response: ModuleResponse): FastifyReply {
  return reply
    .status(response.status)
    .headers(response.headers ?? {})
    .send(response.body);
}
