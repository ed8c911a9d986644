import { RuntimeError } from "./errors.ts";
import type { ModuleRoute } from "./routes.ts";

/** Where a module is plugged in beyond plain routes. Adapters add their framework: `@modyard/runtime/fastify` adds `fastify`. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface ModuleHost {}

/** What a module gets at its start. */
export interface StartContext {
  /** The process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a module gets when a tenant starts or ends using it. */
export interface TenantContext {
  readonly tenant: string;
}

/** A module's word on itself. */
export type HealthReport = { readonly status: "ok" } | { readonly status: "unwell"; readonly message: string };

type Hook<Context> = (context: Context) => void | Promise<void>;

/** What the author of a module writes. */
export interface ModuleInput {
  /** `[a-z][a-z0-9_-]*`; the module's name in `modules.toml`, and the prefix of its routes. */
  readonly slug: string;
  /** For people. */
  readonly name: string;
  readonly description: string;
  /** A semantic version; the same as in the package and in `module.toml`. */
  readonly version: string;
  /** `core` modules are on for every tenant and cannot be disabled. Default: `optional`. */
  readonly kind?: "core" | "optional";
  /** Slugs of the modules that must start before this one. */
  readonly dependencies?: readonly string[];
  readonly routes?: readonly ModuleRoute[];
  /** For what routes cannot say: the host's own framework. Called once, after every module has started. */
  readonly register?: Hook<ModuleHost>;
  /** Opens what the module needs. Throwing ends the process before it takes a request. */
  readonly onStart?: Hook<StartContext>;
  /** Closes what `onStart` opened; called when no request is left. */
  readonly onStop?: () => void | Promise<void>;
  /** Throwing, or not answering in time, counts as unwell. */
  readonly health?: () => HealthReport | Promise<HealthReport>;
  /** Called when a tenant enables the module; throwing leaves it disabled. */
  readonly onEnable?: Hook<TenantContext>;
  /** Called when a tenant disables the module; throwing leaves it enabled. */
  readonly onDisable?: Hook<TenantContext>;
}

/** A module as the registry keeps it: checked, complete and frozen. Made by `defineModule`. */
export interface ModuleDefinition extends ModuleInput {
  readonly kind: "core" | "optional";
  readonly dependencies: readonly string[];
  readonly routes: readonly ModuleRoute[];
}

const slugPattern = /^[a-z][a-z0-9_-]*$/;
// The grammar of semver.org, without its named groups.
const versionPattern = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

function* faults(input: ModuleInput): Generator<string> {
  if (!slugPattern.test(input.slug)) yield `slug "${input.slug}" is not of the form [a-z][a-z0-9_-]*`;
  if (input.name.trim() === "") yield "name is empty";
  if (!versionPattern.test(input.version)) yield `version "${input.version}" is not a semantic version such as 1.2.3`;
  const dependencies = input.dependencies ?? [];
  for (const slug of dependencies) if (!slugPattern.test(slug)) yield `dependency "${slug}" is not a slug`;
  if (dependencies.includes(input.slug)) yield "it names itself as a dependency";
  for (const route of input.routes ?? []) if (!route.path.startsWith("/")) yield `route path "${route.path}" does not start with /`;
}

/**
 * Defines a module: the value that a module package exports as `module`.
 * @throws {RuntimeError} `MODULE_INVALID`, with everything that is wrong in one message.
 */
export function defineModule(input: ModuleInput): ModuleDefinition {
  const found = [...faults(input)];
  if (found.length > 0) throw new RuntimeError("MODULE_INVALID", `module "${input.slug}" is not well defined: ${found.join("; ")}`, [input.slug]);
  return Object.freeze({
    ...input,
    kind: input.kind ?? "optional",
    dependencies: Object.freeze([...new Set(input.dependencies)].toSorted()),
    routes: Object.freeze([...(input.routes ?? [])]),
  });
}
