import type { AST } from "toml-eslint-parser";
import { formatPair, USUAL_STYLE, type SpecValue, type ValueStyle } from "../format-spec.ts";
import { formatKey } from "../toml/key-path.ts";
import { bracketList, appendElements } from "./list.ts";
import type { TableLayout } from "./layout.ts";
import { appendLines, insertLinesBelow } from "./lines.ts";
import type { Source, Splice } from "./source.ts";
import { entriesIn, readLineStyle } from "./style.ts";

/** An entry of a table of tables that is to be written. */
export interface NewEntry {
  readonly name: string;
  /** Its value where it stands on one line. */
  readonly value: (style?: ValueStyle) => string;
  /** Its keys where it has a `[table]` of its own. */
  readonly keys: ReadonlyMap<string, SpecValue>;
}

/** Writes entries where the table has its others, in their style. `isLike`: whether a pair of the table shows that style. */
export function addEntrySplices(source: Source, layout: TableLayout, entries: readonly NewEntry[], isLike: (pair: AST.TOMLKeyValue) => boolean): readonly Splice[] {
  const whole = layout.pair?.node.value;
  if (whole?.type === "TOMLInlineTable") {
    return appendElements(source, bracketList(whole), entries.map(({ name, value }) => `${formatKey(name)} = ${value()}`));
  }
  const { name, table } = layout;
  const lastChild = [...layout.entries.values()].flatMap((place) => place.table ?? []).at(-1);
  if (lastChild !== undefined && (table === undefined || table.body.length === 0)) return [belowTable(source, name, lastChild, entries)];
  if (table !== undefined) {
    return [insertLinesBelow(source, endOf(table), entryLines(source, entriesIn(layout, table, isLike), entries))];
  }
  const atTop = [...layout.entries.values()].flatMap(({ pairs }) => pairs.filter(({ node }) => node.parent.type === "TOMLTopLevelTable")).map(({ node }) => node);
  const lastAtTop = atTop.at(-1);
  if (lastAtTop === undefined) return [appendLines(source, [`[${name}]`, ...entryLines(source, [], entries)])];
  const lines = entryLines(source, entriesIn(layout, lastAtTop.parent, isLike), entries);
  return [insertLinesBelow(source, lastAtTop.range[1], lines.map((line) => line.replace(/^[ \t]*/, `$&${name}.`)))];
}

/** Entries as lines in the style of those beside them. */
export function entryLines(source: Source, siblings: readonly AST.TOMLKeyValue[], entries: readonly NewEntry[]): readonly string[] {
  const style = readLineStyle(source, siblings);
  return entries.map(({ name, value }) => {
    const key = formatKey(name);
    return `${style.indent}${key}${style.beforeEquals(key.length)}=${style.afterEquals}${value(style.values)}`;
  });
}

function belowTable(source: Source, parent: string, table: AST.TOMLTable, entries: readonly NewEntry[]): Splice {
  const lines = entries.flatMap(({ name, keys }) => ["", `[${parent}.${formatKey(name)}]`, ...[...keys].map(([key, value]) => formatPair(key, value, USUAL_STYLE))]);
  return insertLinesBelow(source, endOf(table), lines);
}

/** The end of the last thing that stands in a table; its own range may reach over comments below. */
function endOf(table: AST.TOMLTable): number {
  return table.body.at(-1)?.range[1] ?? table.key.range[1];
}
