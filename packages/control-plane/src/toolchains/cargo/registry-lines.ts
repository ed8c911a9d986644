import type { ModuleSpec } from "../../manifest/manifest.ts";

/** Whose line of the generated registry file this is. */
export interface RegistryLine {
  readonly spec: ModuleSpec;
  /** The module's type as its own crate names it, e.g. `BlogModule`. */
  readonly type: string;
}

const useLine = /^\s*use (?:::)?(?:r#)?([A-Za-z0-9_]+)((?:::(?:r#)?[A-Za-z0-9_]+)+)(?: as ((?:r#)?[A-Za-z0-9_]+))?;/;
const newCalls = /\b((?:r#)?[A-Za-z0-9_]+)::new\(/g;

/** Reads the generated registry file: line (from 1) -> the module whose crate or type stands on it, or on the statement that it is part of. */
export function registryLines(text: string, specs: readonly ModuleSpec[]): (line: number) => RegistryLine | undefined {
  const lines = text.split("\n");
  const imported = new Map<string, RegistryLine>();
  const onLine = lines.map((line) => {
    const [, crate = "", path = "", alias] = useLine.exec(line) ?? [];
    const spec = specs.find(({ packageName }) => packageName.replaceAll("-", "_") === crate);
    const type = path.split("::").at(-1) ?? "";
    if (spec !== undefined) imported.set(alias ?? type, { spec, type });
    return spec === undefined ? undefined : { spec, type };
  });
  const called = lines.map((line) => [...line.matchAll(newCalls)].map(([, type = ""]) => imported.get(type)).find((found) => found !== undefined));
  // A long call stands on lines of its own, between those of its statement.
  const beside = (line: number): RegistryLine | undefined => (lines[line - 1]?.endsWith("(") === true ? called[line] : lines[line - 1]?.trimStart().startsWith(")") === true ? called[line - 2] : undefined);
  return (line) => onLine[line - 1] ?? called[line - 1] ?? beside(line);
}
