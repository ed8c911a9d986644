import type { ModuleDefinition } from "./definition.ts";
import { RuntimeError } from "./errors.ts";
import { orderModules } from "./order.ts";

/**
 * The modules of this build. The generated file registers them, in any order; the host asks for them in the order
 * in which they start.
 */
export class ModuleRegistry {
  readonly #modules = new Map<string, ModuleDefinition>();
  #ordered: readonly ModuleDefinition[] | undefined;

  /** @throws {RuntimeError} `MODULE_DUPLICATE` when the slug is taken. */
  register(module: ModuleDefinition): this {
    const earlier = this.#modules.get(module.slug);
    if (earlier !== undefined) throw duplicate(earlier, module);
    this.#modules.set(module.slug, module);
    this.#ordered = undefined;
    return this;
  }

  has(slug: string): boolean {
    return this.#modules.has(slug);
  }

  /** @throws {RuntimeError} `module_unknown` when no module of this build has the slug. */
  get(slug: string): ModuleDefinition {
    const module = this.#modules.get(slug);
    if (module === undefined) throw new RuntimeError("module_unknown", `no module "${slug}" is in this build`, [slug]);
    return module;
  }

  /** Every slug, sorted. */
  slugs(): readonly string[] {
    return [...this.#modules.keys()].toSorted();
  }

  /**
   * Every module, dependencies first.
   * @throws {RuntimeError} `MODULE_DEPENDENCY_MISSING` or `MODULE_DEPENDENCY_CYCLE`.
   */
  ordered(): readonly ModuleDefinition[] {
    this.#ordered ??= orderModules(this.#modules);
    return this.#ordered;
  }
}

function duplicate(earlier: ModuleDefinition, later: ModuleDefinition): RuntimeError {
  const names = `"${earlier.name}" ${earlier.version} and "${later.name}" ${later.version}`;
  return new RuntimeError("MODULE_DUPLICATE", `two modules have the slug "${later.slug}": ${names}`, [later.slug]);
}
