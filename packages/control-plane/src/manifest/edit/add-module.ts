import type { AST } from "toml-eslint-parser";
import { formatPair, formatSpec, specEntries, USUAL_STYLE } from "../format-spec.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { formatKey } from "../toml/key-path.ts";
import { bracketList, appendElements } from "./list.ts";
import type { Layout } from "./layout.ts";
import { appendLines, insertLinesBelow } from "./lines.ts";
import type { Source, Splice } from "./source.ts";
import { inlineModules, readLineStyle } from "./style.ts";

/** Writes modules where the file has its others, in their style. */
export function addModuleSplices(source: Source, layout: Layout, specs: readonly ModuleSpec[], kind: PackageKind): readonly Splice[] {
  const whole = layout.modulesPair?.node.value;
  if (whole?.type === "TOMLInlineTable") {
    return appendElements(source, bracketList(whole), specs.map((spec) => `${formatKey(spec.slug)} = ${formatSpec(spec, kind)}`));
  }
  const table = layout.modulesTable;
  const lastChild = [...layout.modules.values()].flatMap((place) => place.table ?? []).at(-1);
  if (lastChild !== undefined && (table === undefined || table.body.length === 0)) return [belowTable(source, lastChild, specs, kind)];
  if (table !== undefined) {
    return [insertLinesBelow(source, endOf(table), moduleLines(source, inlineModules(layout, table), specs, kind))];
  }
  const atTop = [...layout.modules.values()].flatMap(({ pairs }) => pairs.filter(({ node }) => node.parent.type === "TOMLTopLevelTable")).map(({ node }) => node);
  const lastAtTop = atTop.at(-1);
  if (lastAtTop === undefined) return [appendLines(source, ["[modules]", ...moduleLines(source, [], specs, kind)])];
  const lines = moduleLines(source, inlineModules(layout, lastAtTop.parent), specs, kind);
  return [insertLinesBelow(source, lastAtTop.range[1], lines.map((line) => line.replace(/^[ \t]*/, "$&modules.")))];
}

function belowTable(source: Source, table: AST.TOMLTable, specs: readonly ModuleSpec[], kind: PackageKind): Splice {
  const lines = specs.flatMap((spec) => ["", `[modules.${formatKey(spec.slug)}]`, ...specEntries(spec, kind).map(([key, value]) => formatPair(key, value, USUAL_STYLE))]);
  return insertLinesBelow(source, endOf(table), lines);
}

function moduleLines(source: Source, siblings: readonly AST.TOMLKeyValue[], specs: readonly ModuleSpec[], kind: PackageKind): readonly string[] {
  const style = readLineStyle(source, siblings);
  return specs.map((spec) => {
    const slug = formatKey(spec.slug);
    return `${style.indent}${slug}${style.beforeEquals(slug.length)}=${style.afterEquals}${formatSpec(spec, kind, style.values)}`;
  });
}

/** The end of the last thing that stands in a table; its own range may reach over comments below. */
function endOf(table: AST.TOMLTable): number {
  return table.body.at(-1)?.range[1] ?? table.key.range[1];
}
