import type { IncomingMessage, ServerResponse } from "node:http";
import type { ModuleDefinition } from "./definition.ts";
import { oneLine } from "./errors.ts";
import { findRoute } from "./find-route.ts";
import { health, modulesHealth, type ModulesHealthOptions } from "./health.ts";
import { readBody } from "./http/body.ts";
import { send } from "./http/send.ts";
import { startFailed } from "./lifecycle.ts";
import type { ModuleRegistry } from "./registry.ts";
import { problem, type ModuleResponse } from "./routes.ts";
import { writeLine } from "./serve/options.ts";
import { guardModule } from "./tenants/guard.ts";
import type { TenantModules } from "./tenants/tenant-modules.ts";

export interface HandlerOptions {
  /** Absent: every module answers every tenant. */
  readonly tenants?: TenantModules;
  /** Which tenant a request belongs to. Default: always `default`. */
  readonly tenantOf?: (request: IncomingMessage) => string;
  readonly health?: ModulesHealthOptions;
  /** The longest body of a request in bytes, where no parser of the host's has read it. Default: 1 MiB. */
  readonly bodyLimit?: number;
  /** Takes one line for the operator: what a route threw, where there is no `next`. Default: standard error. */
  readonly report?: (line: string) => void;
}

/** What `createServer` of `node:http`, Express and others of its kind call for each request. Without `next` it answers everything. */
export type ModulesHandler = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;

/**
 * Answers `/health`, `/health/modules`, and every module's routes below `/<slug>`, each behind its tenant guard; what is none of
 * these goes to `next`, and is answered 404 where there is none. Modules that plug into a framework by `register` are refused:
 * they need that framework's own adapter.
 * @throws {RuntimeError} `MODULE_START_FAILED`, naming such a module.
 */
export function modulesHandler(registry: ModuleRegistry, options: HandlerOptions = {}): ModulesHandler {
  const modules = new Map(registry.ordered().map((module) => [module.slug, module]));
  for (const module of modules.values()) assertPlain(module);
  return (request, response, next) => void respond(request, response, next);

  async function respond(...[request, response, next]: Parameters<ModulesHandler>): Promise<void> {
    try {
      const answer = await answerOf(request, registry, modules, options);
      return answer === undefined ? pass(request, response, next) : send(response, answer);
    } catch (error) {
      return next === undefined ? excuse(request, response, error, options) : next(error);
    }
  }
}

function assertPlain(module: ModuleDefinition): void {
  if (module.slug === "health") throw startFailed(module, "the addresses below /health are the host's own");
  if (module.register !== undefined) throw startFailed(module, "it plugs into a framework by `register`, which this host does not have");
}

function pass(request: IncomingMessage, response: ServerResponse, next: ((error?: unknown) => void) | undefined): void {
  if (next !== undefined) return next();
  return send(response, problem(404, "NOT_FOUND", "Not found", `Nothing answers ${request.method ?? ""} here.`));
}

function excuse({ method = "", url = "" }: IncomingMessage, response: ServerResponse, error: unknown, { report = writeLine }: HandlerOptions): void {
  report(`${method} ${url}: ${oneLine(error)}`);
  if (response.headersSent) response.destroy();
  else send(response, problem(500, "INTERNAL", "Internal error", "The log of the application says more."));
}

/** Undefined: the address belongs to no module and is no health check. */
async function answerOf(request: IncomingMessage, registry: ModuleRegistry, modules: ReadonlyMap<string, ModuleDefinition>, options: HandlerOptions): Promise<ModuleResponse | undefined> {
  const [path = "/"] = (request.url ?? "/").split("?", 1);
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  if (method === "GET" && path === "/health") return uncached(health(options.health?.identity));
  if (method === "GET" && path === "/health/modules") return uncached(await modulesHealth(registry, options.health));
  const [, slug = "", ...rest] = path.split("/");
  const module = modules.get(slug);
  return module === undefined ? undefined : askModule(request, module, method, `/${rest.join("/")}`, options);
}

function uncached({ status, body }: ModuleResponse): ModuleResponse {
  return { status, headers: { "cache-control": "no-store" }, body };
}

/** Undefined: the module has no such route, and the host may have one. */
async function askModule(request: IncomingMessage & { readonly originalUrl?: string }, module: ModuleDefinition, method: string, path: string, options: HandlerOptions): Promise<ModuleResponse | undefined> {
  const { tenants, tenantOf = () => "default", bodyLimit = 1024 * 1024 } = options;
  const tenant = tenantOf(request);
  const refusal = tenants === undefined ? undefined : await guardModule(tenants, tenant, module.slug);
  if (refusal !== undefined) return refusal;
  const found = routeOf(module, method, path);
  if (found === undefined || "status" in found) return found;
  const read = await readBody(request, bodyLimit);
  if ("refusal" in read) return read.refusal;
  const { pathname, searchParams } = new URL(request.originalUrl ?? request.url ?? "/", "http://host");
  return found.route.handle({ method, path: pathname, params: found.params, query: queryOf(searchParams), headers: request.headers, body: read.body, tenant });
}

function routeOf(module: ModuleDefinition, method: string, path: string): ReturnType<typeof findRoute> | ModuleResponse {
  try {
    return findRoute(module.routes, method, path);
  } catch {
    return problem(400, "PATH_INVALID", "Bad request", "The address is not percent-encoded as it should be.");
  }
}

/** What is said more than once is a list. */
function queryOf(search: URLSearchParams): Record<string, string | readonly string[]> {
  const entries = [...new Set(search.keys())].map((name) => {
    const values = search.getAll(name);
    return [name, values.length === 1 ? (values[0] ?? "") : values] as const;
  });
  return Object.fromEntries(entries);
}
