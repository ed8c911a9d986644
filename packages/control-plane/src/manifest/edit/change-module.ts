import { getStaticTOMLValue, type AST } from "toml-eslint-parser";
import { formatPair, formatValue, specEntries, type SpecValue } from "../format-spec.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { isRegistrySource } from "../source-rules.ts";
import { appendElement, bracketList } from "./list.ts";
import { findModule, isBelow, type Layout, type Pair } from "./layout.ts";
import { insertLinesBelow } from "./lines.ts";
import { removePair } from "./remove-module.ts";
import { indentOf, type Source, type Splice } from "./source.ts";
import { valueStyle } from "./style.ts";

/** Writes only what differs: a changed value in place of the old one, a new key after the others, an old key out. */
export function changeModuleSplices(source: Source, layout: Layout, spec: ModuleSpec, kind: PackageKind): readonly Splice[] {
  const written = new Map(layout.pairs.filter(({ path }) => path.length === 3 && isBelow(path, "modules", spec.slug)).map((pair) => [pair.path[2] ?? "", pair]));
  const wanted = new Map(specEntries(spec, kind));
  const replaced = [...wanted].flatMap(([key, value]) => replaceValue(source, written.get(key)?.node, value));
  const added = [...wanted].filter(([key]) => !written.has(key));
  const gone = [...written].filter(([key, pair]) => !wanted.has(key) && !isDefault(key, pair, spec)).map(([, pair]) => pair);
  return [...replaced, ...rewritePairs(source, layout, spec.slug, added, gone)];
}

/** Defaults that somebody wrote out stay as long as they are true. */
function isDefault(key: string, { node }: Pair, spec: ModuleSpec): boolean {
  const value = getStaticTOMLValue(node.value);
  if (key === "version") return isRegistrySource(spec.source) && value === "*";
  if (key === "required") return value === false;
  return (key === "features" || key === "depends_on") && Array.isArray(value) && value.length === 0;
}

function replaceValue(source: Source, node: AST.TOMLKeyValue | undefined, value: SpecValue): readonly Splice[] {
  if (node === undefined || JSON.stringify(getStaticTOMLValue(node.value)) === JSON.stringify(value)) return [];
  const [start, end] = node.value.range;
  return [{ start, end, text: formatValue(value, valueStyle(source, node.value).quote) }];
}

/** Keys that come and keys that go. A new key takes an old one's place first, so that commas and lines stay as they are. */
function rewritePairs(source: Source, layout: Layout, slug: string, added: readonly (readonly [string, SpecValue])[], gone: readonly Pair[]): readonly Splice[] {
  const swapped = added.slice(0, gone.length).flatMap(([key, value], index) => swapPair(source, gone[index], key, value));
  const removed = gone.slice(added.length).flatMap((pair) => removePair(source, pair));
  return [...swapped, ...removed, ...appendPairs(source, layout, slug, added.slice(gone.length))];
}

function swapPair(source: Source, pair: Pair | undefined, key: string, value: SpecValue): readonly Splice[] {
  const name = pair?.node.key.keys.at(-1);
  if (pair === undefined || name === undefined) return [];
  return [{ start: name.range[0], end: name.range[1], text: key }, ...replaceValue(source, pair.node, value)];
}

function appendPairs(source: Source, layout: Layout, slug: string, added: readonly (readonly [string, SpecValue])[]): readonly Splice[] {
  const place = findModule(layout, slug);
  const last = place?.pairs.at(-1);
  if (added.length === 0 || place === undefined) return [];
  if (last?.node.value.type === "TOMLInlineTable" && last.path.length === 2) {
    const { value } = last.node;
    const style = valueStyle(source, value);
    return appendElement(source, bracketList(value), added.map(([key, entry]) => formatPair(key, entry, style)).join(", "));
  }
  if (last !== undefined) return [belowDotted(source, last, added)];
  const table = place.table;
  const end = table?.body.at(-1)?.range[1] ?? table?.key.range[1] ?? 0;
  return [insertLinesBelow(source, end, added.map(([key, value]) => formatPair(key, value, { quote: '"', padding: " " })))];
}

/** `forum.source = "npm"`: new keys repeat the words before the last dot. */
function belowDotted(source: Source, last: Pair, added: readonly (readonly [string, SpecValue])[]): Splice {
  const name = last.node.key.keys.at(-1);
  const prefix = source.text.slice(last.node.key.range[0], name?.range[0]);
  const indent = indentOf(source, last.node.range[0]);
  const lines = added.map(([key, value]) => `${indent}${prefix}${formatPair(key, value, { quote: '"', padding: " " })}`);
  return insertLinesBelow(source, last.node.range[1], lines);
}
