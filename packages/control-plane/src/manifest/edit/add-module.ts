import type { AST } from "toml-eslint-parser";
import { formatPair, formatSpec, specEntries, USUAL_STYLE } from "../format-spec.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { formatKey } from "../toml/key-path.ts";
import { bracketList, appendElement } from "./list.ts";
import { findPair, findTable, isBelow, type Layout } from "./layout.ts";
import { appendLines, insertLinesBelow } from "./lines.ts";
import { markBefore, type Source, type Splice } from "./source.ts";
import { inlineModules, readLineStyle } from "./style.ts";

/** Writes a module where the file has its others, in their style. */
export function addModuleSplices(source: Source, layout: Layout, spec: ModuleSpec, kind: PackageKind): readonly Splice[] {
  const whole = findPair(layout, "modules");
  if (whole?.node.value.type === "TOMLInlineTable") {
    return appendElement(source, bracketList(whole.node.value), `${formatKey(spec.slug)} = ${formatSpec(spec, kind)}`);
  }
  const table = findTable(layout, "modules");
  const children = layout.tables.filter(({ path }) => path.length === 2 && isBelow(path, "modules"));
  const lastChild = children.at(-1)?.node;
  if (lastChild !== undefined && (table === undefined || table.body.length === 0)) return [belowTables(source, lastChild, spec, kind)];
  if (table !== undefined) return [belowLine(source, layout, table, spec, kind)];
  const top = topLevelModules(layout);
  const lastTop = top.at(-1);
  if (lastTop !== undefined) return [insertLinesBelow(source, lastTop.range[1], [moduleLine(source, layout, source.tree.body[0], spec, kind, "modules.")])];
  return [appendLines(source, ["[modules]", moduleLine(source, layout, source.tree.body[0], spec, kind)])];
}

/** The last line that belongs to [modules] itself. */
function belowLine(source: Source, layout: Layout, table: AST.TOMLTable, spec: ModuleSpec, kind: PackageKind): Splice {
  const last = table.body.at(-1);
  const end = last?.range[1] ?? headerEnd(source, table);
  return insertLinesBelow(source, end, [moduleLine(source, layout, table, spec, kind)]);
}

function belowTables(source: Source, lastTable: AST.TOMLTable, spec: ModuleSpec, kind: PackageKind): Splice {
  const end = lastTable.body.at(-1)?.range[1] ?? headerEnd(source, lastTable);
  const lines = specEntries(spec, kind).map(([key, value]) => formatPair(key, value, USUAL_STYLE));
  return insertLinesBelow(source, end, ["", `[modules.${formatKey(spec.slug)}]`, ...lines]);
}

function moduleLine(source: Source, layout: Layout, parent: AST.TOMLNode, spec: ModuleSpec, kind: PackageKind, prefix = ""): string {
  const style = readLineStyle(source, inlineModules(layout, parent));
  const slug = formatKey(spec.slug);
  return `${style.indent}${prefix}${slug}${style.beforeEquals(slug.length)}=${style.afterEquals}${formatSpec(spec, kind, style.values)}`;
}

/** Pairs such as `modules.forum = {…}` before the first header. */
function topLevelModules(layout: Layout): readonly AST.TOMLKeyValue[] {
  return layout.pairs.filter(({ path, node }) => isBelow(path, "modules") && node.parent.type === "TOMLTopLevelTable").map(({ node }) => node);
}

/** A table's own range may reach over comments below; its header ends with its bracket. */
function headerEnd(source: Source, table: AST.TOMLTable): number {
  return markBefore(source, source.text.indexOf("]", table.key.range[1]) + 1)?.range[1] ?? table.key.range[1];
}
