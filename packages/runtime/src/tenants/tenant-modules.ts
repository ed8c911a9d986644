import { oneLine, RuntimeError } from "../errors.ts";
import type { ModuleRegistry } from "../registry.ts";
import { dependentsOf, enabledModules, isCore, withDependencies } from "./enablement.ts";
import { MemoryTenantStore, type TenantStore } from "./tenant-store.ts";

export interface TenantModulesOptions {
  /** Default: in memory. */
  readonly store?: TenantStore;
  /** What a tenant starts with: slugs, or slugs by tenant. Closed over dependencies by itself. Default: nothing but core. */
  readonly defaultEnabled?: readonly string[] | ((tenant: string) => readonly string[]);
}

/** One module as a tenant sees it. */
export interface TenantModule {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
  readonly kind: "core" | "optional";
  readonly enabled: boolean;
}

export interface ToggleOptions {
  /** Enabling: take the dependencies along. Disabling: take the dependents along. Otherwise their lack is refused. */
  readonly cascade?: boolean;
}

/** Which modules of the build each tenant uses. Changes of one tenant run one after the other. */
export class TenantModules {
  readonly #registry: ModuleRegistry;
  readonly #store: TenantStore;
  readonly #defaults: (tenant: string) => readonly string[];
  /** The end of each tenant's last change. */
  readonly #changes = new Map<string, Promise<unknown>>();

  constructor(registry: ModuleRegistry, options: TenantModulesOptions = {}) {
    const { store = new MemoryTenantStore(), defaultEnabled = [] } = options;
    this.#registry = registry;
    this.#store = store;
    this.#defaults = typeof defaultEnabled === "function" ? defaultEnabled : () => defaultEnabled;
  }

  /** Every module of the build, in dependency order, with the tenant's state. */
  async list(tenant: string): Promise<readonly TenantModule[]> {
    const enabled = await this.#enabled(tenant);
    return this.#registry.ordered().map(({ slug, name, version, kind }) => ({ slug, name, version, kind, enabled: enabled.has(slug) }));
  }

  /** False for a module that is not in the build. */
  async isEnabled(tenant: string, slug: string): Promise<boolean> {
    return (await this.#enabled(tenant)).has(slug);
  }

  /**
   * Enables a module and runs its `onEnable`. Returns what was enabled, dependencies first; empty when it already was.
   * @throws {RuntimeError} `module_unknown`, `MODULE_NEEDS_DEPENDENCIES`, `MODULE_HOOK_FAILED` (nothing is changed then).
   */
  enable(tenant: string, slug: string, options: ToggleOptions = {}): Promise<readonly string[]> {
    return this.#inTurn(tenant, async () => {
      this.#registry.get(slug);
      const enabled = await this.#enabled(tenant);
      const lacking = withDependencies(this.#registry, [slug]).filter((needed) => !enabled.has(needed));
      const others = lacking.filter((needed) => needed !== slug);
      if (others.length > 0 && options.cascade !== true) throw needsDependencies(slug, others);
      return this.#toggle(tenant, lacking, true);
    });
  }

  /**
   * Disables a module and runs its `onDisable`. Returns what was disabled, dependents first; empty when it already was.
   * @throws {RuntimeError} `module_unknown`, `MODULE_REQUIRED`, `MODULE_HAS_DEPENDENTS`, `MODULE_HOOK_FAILED` (nothing is changed then).
   */
  disable(tenant: string, slug: string, options: ToggleOptions = {}): Promise<readonly string[]> {
    return this.#inTurn(tenant, async () => {
      this.#registry.get(slug);
      const enabled = await this.#enabled(tenant);
      const dependents = dependentsOf(this.#registry, slug).filter((other) => enabled.has(other));
      this.#refuseRequired([slug, ...dependents]);
      if (dependents.length > 0 && options.cascade !== true) throw hasDependents(slug, dependents);
      return this.#toggle(tenant, [...dependents.toReversed(), slug].filter((other) => enabled.has(other)), false);
    });
  }

  async #enabled(tenant: string): Promise<ReadonlySet<string>> {
    const defaults = new Set(withDependencies(this.#registry, this.#defaults(tenant)));
    return enabledModules(this.#registry, await this.#store.read(tenant), defaults);
  }

  /** Changes one module after the other; when a hook fails, undoes in reverse order what was done. */
  async #toggle(tenant: string, slugs: readonly string[], enabled: boolean): Promise<readonly string[]> {
    const before = await this.#store.read(tenant);
    const done: string[] = [];
    try {
      for (const slug of slugs) {
        await this.#store.write(tenant, slug, enabled);
        done.push(slug);
        await this.#runHook(tenant, slug, enabled);
      }
      return slugs;
    } catch (error) {
      const failed = done.at(-1) ?? "";
      const faults = await this.#undo(tenant, done, before, enabled);
      throw hookFailed(failed, enabled, error, faults);
    }
  }

  /** The last one's own hook failed, so it has nothing to take back; the hooks of those before it are balanced. */
  async #undo(tenant: string, done: readonly string[], before: Readonly<Record<string, boolean>>, enabled: boolean): Promise<readonly unknown[]> {
    const faults: unknown[] = [];
    for (const slug of done.toReversed()) {
      try {
        await this.#store.write(tenant, slug, before[slug]);
        if (slug !== done.at(-1)) await this.#runHook(tenant, slug, !enabled);
      } catch (error) {
        faults.push(error);
      }
    }
    return faults;
  }

  async #runHook(tenant: string, slug: string, enabled: boolean): Promise<void> {
    const module = this.#registry.get(slug);
    await (enabled ? module.onEnable?.({ tenant }) : module.onDisable?.({ tenant }));
  }

  #refuseRequired(slugs: readonly string[]): void {
    const core = withDependencies(this.#registry, this.#registry.ordered().filter(isCore).map((module) => module.slug));
    const required = slugs.find((slug) => core.includes(slug));
    if (required !== undefined) throw new RuntimeError("MODULE_REQUIRED", `module "${required}" is a core module, or a core module needs it; it cannot be disabled`, [required]);
  }

  async #inTurn<T>(tenant: string, change: () => Promise<T>): Promise<T> {
    const turn = (this.#changes.get(tenant) ?? Promise.resolve()).then(change, change);
    this.#changes.set(tenant, turn);
    try {
      return await turn;
    } finally {
      if (this.#changes.get(tenant) === turn) this.#changes.delete(tenant);
    }
  }
}

function needsDependencies(slug: string, others: readonly string[]): RuntimeError {
  return new RuntimeError("MODULE_NEEDS_DEPENDENCIES", `module "${slug}" needs ${others.join(", ")}, not enabled for this tenant`, others);
}

function hasDependents(slug: string, dependents: readonly string[]): RuntimeError {
  return new RuntimeError("MODULE_HAS_DEPENDENTS", `module "${slug}" is needed by ${dependents.join(", ")}`, dependents);
}

function hookFailed(slug: string, enabled: boolean, cause: unknown, faults: readonly unknown[]): RuntimeError {
  const told = `module "${slug}" could not be ${enabled ? "enabled" : "disabled"}: ${oneLine(cause)}`;
  const undone = faults.length === 0 ? "" : ` (and undoing failed: ${faults.map(oneLine).join("; ")})`;
  return new RuntimeError("MODULE_HOOK_FAILED", told + undone, [slug], { cause });
}
