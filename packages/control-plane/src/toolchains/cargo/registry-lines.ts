import { importedTypes } from "../../codegen/rust/imports.ts";
import { registryInput } from "../../codegen/registry-input.ts";
import type { ComposedModule } from "../../composition/composition.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";

/** Whose line of the generated registry file this is. */
export interface RegistryLine {
  readonly spec: ModuleSpec;
  /** The crate that the type is imported from, e.g. `rustok_blog`. */
  readonly crate: string;
  /** The module's type as its own crate names it, e.g. `BlogModule`, or `parts::Module` for one further in. */
  readonly type: string;
}

const useLine = /^\s*use (?:::)?((?:r#)?[A-Za-z0-9_]+(?:::(?:r#)?[A-Za-z0-9_]+)+)(?: as ((?:r#)?[A-Za-z0-9_]+))?;/;
const newCalls = /\b((?:r#)?[A-Za-z0-9_]+)::new\(/g;

/** Reads the generated registry file: line (from 1) -> the module whose crate or type stands on it, or on the statement that it is part of. */
export function registryLines(text: string, modules: readonly ComposedModule[]): (line: number) => RegistryLine | undefined {
  const lines = text.split("\n");
  const paths = importPaths(modules);
  const imported = new Map<string, RegistryLine>();
  const onLine = lines.map((line) => {
    const [, path = "", alias] = useLine.exec(line) ?? [];
    const spec = ownerOf(path, paths);
    if (spec === undefined) return undefined;
    const parts = path.split("::");
    const found = { spec, crate: crateOf(path), type: parts.slice(1).join("::") };
    imported.set(alias ?? parts.at(-1) ?? "", found);
    return found;
  });
  const called = lines.map((line) => [...line.matchAll(newCalls)].map(([, type = ""]) => imported.get(type)).find((found) => found !== undefined));
  // A long call stands on lines of its own, between those of its statement.
  const beside = (line: number): RegistryLine | undefined => (lines[line - 1]?.endsWith("(") === true ? called[line] : lines[line - 1]?.trimStart().startsWith(")") === true ? called[line - 2] : undefined);
  return (line) => onLine[line - 1] ?? called[line - 1] ?? beside(line);
}

/** What the generator imports for each module. */
function importPaths(modules: readonly ComposedModule[]): readonly (readonly [string, ModuleSpec])[] {
  const input = registryInput({ app: "", manifestHash: "", modules, defaultEnabled: [] }).modules;
  const specs = new Map(modules.map(({ slug, spec }) => [slug, spec] as const));
  return importedTypes(input).flatMap(({ path }, index) => {
    const spec = specs.get(input[index]?.slug ?? "");
    return spec === undefined ? [] : [[path.join("::"), spec] as const];
  });
}

/** Several modules may share a crate: the type tells them apart. */
function ownerOf(path: string, paths: readonly (readonly [string, ModuleSpec])[]): ModuleSpec | undefined {
  const own = paths.find(([known]) => plain(known) === plain(path)) ?? paths.find(([known]) => crateOf(known) === crateOf(path));
  return own?.[1];
}

const plain = (path: string): string => path.replaceAll("r#", "");

const crateOf = (path: string): string => plain(path).split("::", 1)[0] ?? "";
