import type { AST } from "toml-eslint-parser";
import { bracketList, removeElements } from "./list.ts";
import type { Layout, EntryPlace, Pair } from "./layout.ts";
import { removeLines, removeTable } from "./lines.ts";
import type { Source, Splice } from "./source.ts";

/** Takes modules out, with the comments on their lines; every other byte stays. */
export function removeModuleSplices(source: Source, layout: Layout, slugs: ReadonlySet<string>): readonly Splice[] {
  const places = [...layout.modules.entries].filter(([slug]) => slugs.has(slug)).map(([, place]) => place);
  const [first, ...others] = places;
  const isNamedElsewhere = layout.modules.table !== undefined || layout.modules.pair !== undefined;
  if (first === undefined || isNamedElsewhere || places.length < layout.modules.entries.size) return removePlaces(source, places);
  return [...emptyModules(source, first), ...removePlaces(source, others)];
}

/** Takes entries out, however they are written. */
export function removePlaces(source: Source, places: readonly EntryPlace[]): readonly Splice[] {
  const tables = places.flatMap(({ table }) => (table === undefined ? [] : [removeTable(source, table)]));
  return [...tables, ...removePairs(source, places.flatMap(({ pairs }) => pairs))];
}

/** Takes `key = value` pairs out: their lines, or their parts of inline tables. */
export function removePairs(source: Source, pairs: readonly Pair[]): readonly Splice[] {
  const inline = new Map<AST.TOMLInlineTable, Set<AST.HasLocs>>();
  const splices: Splice[] = [];
  for (const { node } of pairs) {
    if (node.parent.type !== "TOMLInlineTable") splices.push(removeLines(source, node.range[0], node.range[1]));
    else inline.set(node.parent, (inline.get(node.parent) ?? new Set()).add(node));
  }
  return [...splices, ...[...inline].flatMap(([table, removed]) => removeElements(source, bracketList(table), removed))];
}

/** A manifest must say that it has no modules: the first place becomes an empty [modules]. */
function emptyModules(source: Source, { table, pairs }: EntryPlace): readonly Splice[] {
  const [first, ...others] = pairs;
  const removed = removePairs(source, table === undefined ? others : pairs);
  if (table !== undefined) return [{ start: table.range[0], end: table.body.at(-1)?.range[1] ?? table.range[1], text: "[modules]" }, ...removed];
  return first === undefined ? removed : [{ start: first.node.range[0], end: first.node.range[1], text: "modules = {}" }, ...removed];
}
