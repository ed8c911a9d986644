import type { ModuleDefinition } from "../definition.ts";
import type { ModuleRegistry } from "../registry.ts";
import type { TenantDecisions } from "./tenant-store.ts";

/** The slugs given and everything that they need, in dependency order. Slugs that are not in the build are left out. */
export function withDependencies(registry: ModuleRegistry, slugs: Iterable<string>): readonly string[] {
  const wanted = new Set(slugs);
  const ordered = registry.ordered();
  for (const module of ordered.toReversed()) if (wanted.has(module.slug)) for (const slug of module.dependencies) wanted.add(slug);
  return ordered.map((module) => module.slug).filter((slug) => wanted.has(slug));
}

/**
 * What is enabled for a tenant, in dependency order: core modules always, the others by the tenant's decision, else by
 * default, and never without their dependencies (a later version may need a module that the tenant never enabled).
 */
export function enabledModules(registry: ModuleRegistry, decisions: TenantDecisions, defaults: ReadonlySet<string>): ReadonlySet<string> {
  const ordered = registry.ordered();
  const core = new Set(withDependencies(registry, ordered.filter(isCore).map((module) => module.slug)));
  const enabled = new Set<string>();
  for (const module of ordered) {
    const wanted = core.has(module.slug) || (decisions[module.slug] ?? defaults.has(module.slug));
    if (wanted && module.dependencies.every((slug) => enabled.has(slug))) enabled.add(module.slug);
  }
  return enabled;
}

/** Modules that need this one, directly or not, in dependency order. */
export function dependentsOf(registry: ModuleRegistry, slug: string): readonly string[] {
  const found = new Set([slug]);
  for (const module of registry.ordered()) if (module.dependencies.some((dependency) => found.has(dependency))) found.add(module.slug);
  found.delete(slug);
  return [...found];
}

export function isCore(module: ModuleDefinition): boolean {
  return module.kind === "core";
}
