import { getStaticTOMLValue, type AST } from "toml-eslint-parser";
import { formatPair, formatValue, specEntries, USUAL_STYLE, type SpecValue } from "../format-spec.ts";
import type { ModuleSpec } from "../manifest.ts";
import { isRegistrySource } from "../source-rules.ts";
import { appendElements, bracketList } from "./list.ts";
import { kindWritten, type EntryPlace, type Pair } from "./layout.ts";
import { insertLinesBelow } from "./lines.ts";
import { removePairs } from "./remove-module.ts";
import { indentOf, type Source, type Splice } from "./source.ts";
import { valueStyle } from "./style.ts";

/** Writes only what differs of a module. */
export function changeModuleSplices(source: Source, place: EntryPlace, spec: ModuleSpec): readonly Splice[] {
  return changeEntrySplices(source, place, new Map(specEntries(spec, kindWritten(place) ?? "npm")), (key, pair) => isDefault(key, pair, spec));
}

/** Writes only what differs of an entry: a changed value in place of the old one, a new key after the others, an old key out unless `stays`. */
export function changeEntrySplices(source: Source, place: EntryPlace, wanted: ReadonlyMap<string, SpecValue>, stays: (key: string, pair: Pair) => boolean): readonly Splice[] {
  const replaced = [...wanted].flatMap(([key, value]) => replaceValue(source, place.keys.get(key)?.node, value));
  const added = [...wanted].filter(([key]) => !place.keys.has(key));
  const gone = [...place.keys].filter(([key, pair]) => !wanted.has(key) && !stays(key, pair)).map(([, pair]) => pair);
  return [...replaced, ...rewritePairs(source, place, added, gone)];
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
function rewritePairs(source: Source, place: EntryPlace, added: readonly (readonly [string, SpecValue])[], gone: readonly Pair[]): readonly Splice[] {
  const swapped = added.slice(0, gone.length).flatMap(([key, value], index) => swapPair(source, gone[index], key, value));
  return [...swapped, ...removePairs(source, gone.slice(added.length)), ...appendPairs(source, place, added.slice(gone.length))];
}

function swapPair(source: Source, pair: Pair | undefined, key: string, value: SpecValue): readonly Splice[] {
  const name = pair?.node.key.keys.at(-1);
  if (pair === undefined || name === undefined) return [];
  return [{ start: name.range[0], end: name.range[1], text: key }, ...replaceValue(source, pair.node, value)];
}

function appendPairs(source: Source, { table, pairs }: EntryPlace, added: readonly (readonly [string, SpecValue])[]): readonly Splice[] {
  const last = pairs.at(-1);
  if (added.length === 0) return [];
  if (last?.node.value.type === "TOMLInlineTable" && last.path.length === 2) {
    const style = valueStyle(source, last.node.value);
    return appendElements(source, bracketList(last.node.value), added.map(([key, entry]) => formatPair(key, entry, style)));
  }
  if (last !== undefined) return [belowDotted(source, last, added)];
  const end = table?.body.at(-1)?.range[1] ?? table?.key.range[1] ?? 0;
  return [insertLinesBelow(source, end, added.map(([key, value]) => formatPair(key, value, USUAL_STYLE)))];
}

/** `forum.source = "npm"`: new keys repeat the words before the last dot. */
function belowDotted(source: Source, last: Pair, added: readonly (readonly [string, SpecValue])[]): Splice {
  const name = last.node.key.keys.at(-1);
  const prefix = source.text.slice(last.node.key.range[0], name?.range[0]);
  const indent = indentOf(source, last.node.range[0]);
  const lines = added.map(([key, value]) => `${indent}${prefix}${formatPair(key, value, USUAL_STYLE)}`);
  return insertLinesBelow(source, last.node.range[1], lines);
}
