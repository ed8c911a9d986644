import type { ModuleDefinition } from "./definition.ts";
import type { ModuleRequest, ModuleResponse, ModuleRoute } from "./routes.ts";

/**
 * Calls one of a module's routes without a server, for the module's own tests: `callModule(module, "GET", "/42?full=1")`.
 * The path is relative to the module's prefix.
 * @throws {Error} when the module has no such route.
 */
export async function callModule(module: ModuleDefinition, method: ModuleRoute["method"], url: string, request: Partial<ModuleRequest> = {}): Promise<ModuleResponse> {
  const { pathname, searchParams } = new URL(url, "http://module");
  for (const route of module.routes) {
    const params = route.method === method ? matchPath(route.path, pathname) : undefined;
    if (params === undefined) continue;
    const query = Object.fromEntries(searchParams);
    return route.handle({ method, path: pathname, params, query, headers: {}, body: undefined, tenant: "default", ...request });
  }
  throw new Error(`module "${module.slug}" has no route ${method} ${pathname}`);
}

/** Parameters of a path that fits the pattern. */
function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? "");
    if (part.startsWith(":") && value !== "") params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}
