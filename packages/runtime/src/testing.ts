import type { ModuleDefinition } from "./definition.ts";
import { findRoute } from "./find-route.ts";
import type { ModuleRequest, ModuleResponse, ModuleRoute } from "./routes.ts";

/**
 * Calls one of a module's routes without a server, for the module's own tests: `callModule(module, "GET", "/42?full=1")`.
 * The path is relative to the module's prefix.
 * @throws {Error} when the module has no such route.
 */
export async function callModule(module: ModuleDefinition, method: ModuleRoute["method"], url: string, request: Partial<ModuleRequest> = {}): Promise<ModuleResponse> {
  const { pathname, searchParams } = new URL(url, "http://module");
  const found = findRoute(module.routes, method, pathname);
  if (found === undefined) throw new Error(`module "${module.slug}" has no route ${method} ${pathname}`);
  const query = Object.fromEntries(searchParams);
  return found.route.handle({ method, path: pathname, params: found.params, query, headers: {}, body: undefined, tenant: "default", ...request });
}
