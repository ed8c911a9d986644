import { camelCase, distinctNames } from "../identifiers.ts";
import type { RegistryInput } from "../registry-input.ts";
import { generatedHeader, type Template } from "../template.ts";

/** A string literal that nothing in `text` can end. */
const literal = (text: string): string => JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** `[a, b]`, one to a line where they would not fit on one. */
function list(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  return line.length <= 80 ? line : `[\n${items.map((item) => `  ${item},\n`).join("")}]`;
}

/** Node runs it, or a compiler does: what the file is called says which language it is. */
const isJavaScript = (output: string): boolean => /\.m?js$/.test(output);

/** The registry of a Node host, in the language of its file. */
export const nodeRegistry: Template = (input, place) => ({ path: place.output, text: (isJavaScript(place.output) ? javascript : typescript)(input) });

/** Every module imported by name and typed against the runtime, no look-up at run time. */
function typescript(input: RegistryInput): string {
  const { imports, modules, defaultEnabled, slugs } = partsOf(input);
  return `${generatedHeader}
import type { ModuleDefinition, ModuleRegistry } from "@modyard/runtime";
${imports}
/** Every module of this build, sorted by slug; the registry itself sorts by dependencies. */
export const modules: readonly ModuleDefinition[] = ${modules};

/** Modules that a new tenant starts with. */
export const defaultEnabled: readonly ModuleSlug[] = ${defaultEnabled};

export type ModuleSlug = ${slugs.length === 0 ? "never" : slugs.join(" | ")};

/** Registers every module of this build. */
export function registerModules(registry: ModuleRegistry): ModuleRegistry {
  for (const module of modules) registry.register(module);
  return registry;
}
`;
}

/** The same without a compiler: types are comments. */
function javascript(input: RegistryInput): string {
  const { imports, modules, defaultEnabled } = partsOf(input);
  return `${generatedHeader}
${imports}
/**
 * Every module of this build, sorted by slug; the registry itself sorts by dependencies.
 * @type {readonly import("@modyard/runtime").ModuleDefinition[]}
 */
export const modules = ${modules};

/**
 * Modules that a new tenant starts with.
 * @type {readonly string[]}
 */
export const defaultEnabled = ${defaultEnabled};

/**
 * Registers every module of this build.
 * @param {import("@modyard/runtime").ModuleRegistry} registry
 */
export function registerModules(registry) {
  for (const module of modules) registry.register(module);
  return registry;
}
`;
}

interface Parts {
  readonly imports: string;
  readonly modules: string;
  readonly defaultEnabled: string;
  /** As literals. */
  readonly slugs: readonly string[];
}

function partsOf({ modules, defaultEnabled }: RegistryInput): Parts {
  const names = distinctNames(modules.map((module) => module.slug), (slug) => `${camelCase(slug)}Module`);
  return {
    imports: modules.map(({ slug, importName }) => `import { module as ${names.get(slug)} } from ${literal(importName)};\n`).join(""),
    modules: list([...names.values()]),
    defaultEnabled: list(defaultEnabled.map(literal)),
    slugs: modules.map((module) => literal(module.slug)),
  };
}
