import type { ModuleRoute } from "./routes.ts";

/** A route that fits a path, and what its parameters are. */
export interface FoundRoute {
  readonly route: ModuleRoute;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The route for a method and a path below the module's prefix. Where several fit, the one whose words are said earlier wins
 * over parameters, as routers of web frameworks do it; the order in which they are written does not matter.
 * @throws {URIError} when the path is not percent-encoded as it should be.
 */
export function findRoute(routes: readonly ModuleRoute[], method: string, path: string): FoundRoute | undefined {
  const given = path.split("/").map(decodeURIComponent);
  let best: FoundRoute | undefined;
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path.split("/"), given) : undefined;
    if (params !== undefined && (best === undefined || rank(route.path) < rank(best.route.path))) best = { route, params };
  }
  return best;
}

/** Parameters of a path that fits the pattern. */
function paramsOf(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":") && value !== "") params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** One letter a segment: words sort before parameters. */
function rank(pattern: string): string {
  return pattern.split("/").map((part) => (part.startsWith(":") ? "1" : "0")).join("");
}
