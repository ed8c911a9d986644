import { bracketList, removeElement } from "./list.ts";
import type { ModulePlace, Pair } from "./layout.ts";
import { removeLines, removeTable } from "./lines.ts";
import type { Source, Splice } from "./source.ts";

/** Takes a module out, with the comment on its line; every other byte stays. */
export function removeModuleSplices(source: Source, place: ModulePlace): readonly Splice[] {
  const table = place.table === undefined ? [] : [removeTable(source, place.table)];
  return [...table, ...place.pairs.flatMap((pair) => removePair(source, pair))];
}

/** Takes one `key = value` out: its lines, or its part of an inline table. */
export function removePair(source: Source, { node }: Pair): readonly Splice[] {
  if (node.parent.type === "TOMLInlineTable") return removeElement(source, bracketList(node.parent), node.parent.body.indexOf(node));
  return [removeLines(source, node.range[0], node.range[1])];
}
