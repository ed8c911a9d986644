import type { ModuleSpec, PackageKind } from "./manifest.ts";
import { isRegistrySource } from "./source-rules.ts";
import { formatKey } from "./toml/key-path.ts";

/** How values are written: the quotes of strings, and what stands between the braces of an inline table. */
export interface ValueStyle {
  readonly quote: '"' | "'";
  /** Space inside braces and around `=`: `{ a = 1 }` or `{a=1}`. */
  readonly padding: " " | "";
}

export const USUAL_STYLE: ValueStyle = { quote: '"', padding: " " };

/** A value that a spec may have. */
export type SpecValue = string | boolean | readonly string[];

/** A spec's keys and values in the order in which people write them; what is the default is left out. */
export function specEntries(spec: ModuleSpec, kind: PackageKind): readonly (readonly [string, SpecValue])[] {
  const entries: (readonly [string, SpecValue | undefined])[] = [
    [kind === "cargo" ? "crate" : "package", spec.packageName],
    ["source", spec.source],
    ["version", isRegistrySource(spec.source) && spec.version !== "*" ? spec.version : undefined],
    ["git", spec.git],
    ["rev", spec.rev],
    ["path", spec.path],
    ["features", spec.features.length === 0 ? undefined : spec.features],
    ["required", spec.required ? true : undefined],
    ["depends_on", spec.dependsOn.length === 0 ? undefined : spec.dependsOn],
    ["runtime", spec.runtime],
  ];
  return entries.filter((entry): entry is readonly [string, SpecValue] => entry[1] !== undefined);
}

/** A spec as an inline table: `{ package = "@acme/forum", source = "npm", version = "^1.2.0" }`. */
export function formatSpec(spec: ModuleSpec, kind: PackageKind = kindOf(spec), style: ValueStyle = USUAL_STYLE): string {
  const pairs = specEntries(spec, kind).map(([key, value]) => formatPair(key, value, style));
  return `{${style.padding}${pairs.join(", ")}${style.padding}}`;
}

/** `key = value` in a style. */
export function formatPair(key: string, value: SpecValue, style: ValueStyle): string {
  return `${formatKey(key)}${style.padding}=${style.padding}${formatValue(value, style.quote)}`;
}

/** A value as TOML. */
export function formatValue(value: SpecValue, quote: '"' | "'"): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return formatString(value, quote);
  return `[${value.map((entry) => formatString(entry, quote)).join(", ")}]`;
}

/** A string as TOML: with single quotes where they are wanted and can hold it, with double quotes and escapes otherwise. */
export function formatString(value: string, quote: '"' | "'"): string {
  // oxlint-disable-next-line no-control-regex -- what a literal string cannot hold
  if (quote === "'" && !/['\u0000-\u001f\u007f]/.test(value)) return `'${value}'`;
  // JSON escapes as TOML does, but for DEL, which TOML wants escaped too.
  return JSON.stringify(value).replaceAll("\u007f", String.raw`\u007f`);
}

/** The only kind that a registry source can have; npm for the others, where the manifest does not say. */
export function kindOf(spec: ModuleSpec): PackageKind {
  return spec.source === "crates-io" ? "cargo" : "npm";
}
