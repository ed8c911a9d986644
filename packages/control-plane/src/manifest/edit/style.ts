import type { AST } from "toml-eslint-parser";
import { USUAL_STYLE, type ValueStyle } from "../format-spec.ts";
import type { TableLayout } from "./layout.ts";
import { indentOf, type Source } from "./source.ts";

/** How one-line modules are written in a file: to be copied by the next one. */
export interface LineStyle {
  readonly values: ValueStyle;
  readonly indent: string;
  /** Spaces between the slug and `=`, for a slug of this length. */
  readonly beforeEquals: (slugLength: number) => string;
  readonly afterEquals: string;
}

/** The style of the inline modules in one table or at the top: the last one's spacing, the common column of `=`. */
export function readLineStyle(source: Source, pairs: readonly AST.TOMLKeyValue[]): LineStyle {
  const last = pairs.at(-1);
  if (last === undefined) return { values: USUAL_STYLE, indent: "", beforeEquals: () => " ", afterEquals: " " };
  const gaps = pairs.map((pair) => gapsOf(source, pair));
  const columns = new Set(gaps.map(({ column }) => column));
  const [column] = columns;
  const isAligned = columns.size === 1 && gaps.length > 1 && gaps.some(({ before }) => before.length > 1);
  const { before, after, keyWidth } = gaps.at(-1) ?? { before: " ", after: " ", keyWidth: 0 };
  const padded = (slugLength: number) => " ".repeat(Math.max(1, (column ?? 0) - (keyWidth - slugWidth(last)) - slugLength));
  return {
    values: valueStyle(source, last.value),
    indent: indentOf(source, last.range[0]),
    beforeEquals: isAligned ? padded : () => (before.length > 1 ? " " : before),
    afterEquals: after,
  };
}

/** The style in which a value is written, as far as it shows one. */
export function valueStyle(source: Source, value: AST.TOMLContentNode): ValueStyle {
  const text = source.text.slice(...value.range);
  const isLiteral = text.includes("'") && !text.includes('"');
  const isTight = value.type === "TOMLInlineTable" && value.body.length > 0 && text[1] !== " ";
  return { quote: isLiteral ? "'" : '"', padding: isTight ? "" : " " };
}

interface Gaps {
  readonly before: string;
  readonly after: string;
  readonly keyWidth: number;
  /** Characters from the key's start to `=`. */
  readonly column: number;
}

function gapsOf(source: Source, pair: AST.TOMLKeyValue): Gaps {
  const between = source.text.slice(pair.key.range[1], pair.value.range[0]);
  const [before = " ", after = " "] = between.split("=");
  const keyWidth = pair.key.range[1] - pair.key.range[0];
  return { before, after, keyWidth, column: keyWidth + before.length };
}

function slugWidth(pair: AST.TOMLKeyValue): number {
  const slug = pair.key.keys.at(-1);
  return slug === undefined ? 0 : slug.range[1] - slug.range[0];
}

/** The pairs of a table, or of the top, that each hold one whole entry and that `isLike` takes. */
export function entriesIn(layout: TableLayout, parent: AST.TOMLNode, isLike: (pair: AST.TOMLKeyValue) => boolean): readonly AST.TOMLKeyValue[] {
  return [...layout.entries.values()].flatMap(({ pairs }) => pairs.filter(({ path, node }) => path.length === 2 && node.parent === parent && isLike(node)).map(({ node }) => node));
}
