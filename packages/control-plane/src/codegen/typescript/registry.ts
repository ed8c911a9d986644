import { camelCase, distinctNames } from "../identifiers.ts";
import { generatedHeader, type Template } from "../template.ts";

/** A string literal that nothing in `text` can end. */
const literal = (text: string): string => JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** `[a, b]`, one to a line where they would not fit on one. */
function list(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  return line.length <= 80 ? line : `[\n${items.map((item) => `  ${item},\n`).join("")}]`;
}

/** The registry of a Node host: every module imported by name and typed against the runtime, no look-up at run time. */
export const typescriptRegistry: Template = ({ modules, defaultEnabled }, place) => {
  const names = distinctNames(modules.map((module) => module.slug), (slug) => `${camelCase(slug)}Module`);
  const imports = modules.map(({ slug, importName }) => `import { module as ${names.get(slug)} } from ${literal(importName)};\n`);
  const slugs = modules.map((module) => literal(module.slug));
  const text = `${generatedHeader}
import type { ModuleDefinition, ModuleRegistry } from "@modyard/runtime";
${imports.join("")}
/** Every module of this build, sorted by slug; the registry itself sorts by dependencies. */
export const modules: readonly ModuleDefinition[] = ${list([...names.values()])};

/** Modules that a new tenant starts with. */
export const defaultEnabled: readonly ModuleSlug[] = ${list(defaultEnabled.map(literal))};

export type ModuleSlug = ${slugs.length === 0 ? "never" : slugs.join(" | ")};

/** Registers every module of this build. */
export function registerModules(registry: ModuleRegistry): ModuleRegistry {
  for (const module of modules) registry.register(module);
  return registry;
}
`;
  return { path: place.output, text };
};
