import type { ModuleDefinition } from "./definition.ts";
import { RuntimeError } from "./errors.ts";

type BySlug = ReadonlyMap<string, ModuleDefinition>;

/**
 * Dependencies first; among modules that could come next, the smallest slug. So one set of modules has one order,
 * however it was registered.
 * @throws {RuntimeError} `MODULE_DEPENDENCY_MISSING` or `MODULE_DEPENDENCY_CYCLE`, naming all of them.
 */
export function orderModules(modules: BySlug): readonly ModuleDefinition[] {
  refuseMissing(modules);
  const ordered = new Map<string, ModuleDefinition>();
  const waiting = new Map([...modules].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  while (waiting.size > 0) {
    const next = [...waiting.values()].find((module) => module.dependencies.every((slug) => ordered.has(slug)));
    if (next === undefined) throw cycleError(waiting);
    ordered.set(next.slug, next);
    waiting.delete(next.slug);
  }
  return [...ordered.values()];
}

function refuseMissing(modules: BySlug): void {
  const missing = [...modules.values()]
    .flatMap((module) => module.dependencies.filter((slug) => !modules.has(slug)).map((slug) => ({ module: module.slug, slug })))
    .toSorted((a, b) => (`${a.module} ${a.slug}` < `${b.module} ${b.slug}` ? -1 : 1));
  if (missing.length === 0) return;
  const told = missing.map(({ module, slug }) => `module "${module}" needs "${slug}", which is not in this build`);
  throw new RuntimeError("MODULE_DEPENDENCY_MISSING", told.join("; "), missing.map(({ slug }) => slug));
}

function cycleError(waiting: BySlug): RuntimeError {
  const cycles = findCycles(waiting);
  const told = cycles.map((cycle) => [...cycle, cycle[0]].join(" -> ")).join("; ");
  return new RuntimeError("MODULE_DEPENDENCY_CYCLE", `modules need each other in a circle: ${told}`, cycles.flat());
}

/**
 * Every module given waits for another one given, so a walk along first waiting dependencies must meet itself.
 * Each cycle starts at its smallest slug.
 */
function findCycles(waiting: BySlug): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = waiting.get(at)?.dependencies.find((slug) => waiting.has(slug));
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    if (from >= 0) cycles.push(startAtSmallest(path.slice(from)));
  }
  return cycles;
}

function startAtSmallest(cycle: readonly string[]): readonly string[] {
  const smallest = cycle.indexOf(cycle.toSorted()[0] ?? "");
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)];
}
