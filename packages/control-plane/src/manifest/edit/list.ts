import type { AST } from "toml-eslint-parser";
import { indentOf, lineStart, markAfter, markBefore, nextLineStart, type Source, type Splice } from "./source.ts";

/** An array or an inline table: elements between brackets, with commas. */
export interface BracketList {
  readonly range: readonly [number, number];
  readonly elements: readonly AST.HasLocs[];
}

/** The list that an array or inline table is. */
export function bracketList(node: AST.TOMLArray | AST.TOMLInlineTable): BracketList {
  return { range: node.range, elements: node.type === "TOMLArray" ? node.elements : node.body };
}

/** Adds an element at the end: on a line of its own where the last one has one, and with a trailing comma where there is one. */
export function appendElement(source: Source, list: BracketList, text: string): readonly Splice[] {
  const last = list.elements.at(-1);
  if (last === undefined) return [intoEmpty(source, list, text)];
  const comma = commaAfter(source, list, last);
  const isMultiline = startsLine(source, last);
  const settled = isMultiline ? endWithComment(source, list, comma?.range[1] ?? last.range[1]) : (comma?.range[1] ?? last.range[1]);
  const space = isMultiline ? source.newline + indentOf(source, last.range[0]) : " ";
  const element = { start: settled, end: settled, text: space + text + (comma === undefined ? "" : ",") };
  if (comma !== undefined) return [element];
  return [{ start: last.range[1], end: last.range[1], text: "," }, element];
}

/** An empty inline table or array takes the element as its own white space suggests. */
function intoEmpty(source: Source, list: BracketList, text: string): Splice {
  const at = list.range[0] + 1;
  const isTable = source.text[list.range[0]] === "{";
  const isTight = source.text[at] === "}";
  return { start: at, end: at, text: isTable ? ` ${text}${isTight ? " " : ""}` : text };
}

/** Removes one element with its comma and the comment on its line; what stands around it stays as it is. */
export function removeElement(source: Source, list: BracketList, index: number): readonly Splice[] {
  const element = list.elements[index];
  if (element === undefined) return [];
  const next = list.elements[index + 1];
  if (next === undefined) return removeLast(source, list, element);
  const comma = commaAfter(source, list, element)?.range[1] ?? element.range[1];
  if (next.loc.start.line === element.loc.end.line) return [{ start: element.range[0], end: next.range[0], text: "" }];
  // A comment below the element's own line belongs to what follows, so removal ends where the next line's words begin.
  if (startsLine(source, element)) return [{ start: element.range[0], end: markAfter(source, nextLineStart(source, comma))?.range[0] ?? comma, text: "" }];
  return [{ start: markBefore(source, element.range[0])?.range[1] ?? element.range[0], end: comma, text: "" }];
}

function removeLast(source: Source, list: BracketList, element: AST.HasLocs): readonly Splice[] {
  const previous = list.elements.at(-2);
  const trailing = commaAfter(source, list, element);
  const after = trailing?.range[1] ?? element.range[1];
  if (previous === undefined) return [removeOnly(source, list, element, after)];
  const start = markBefore(source, element.range[0])?.range[1] ?? element.range[0];
  const splice = { start, end: startsLine(source, element) ? endWithComment(source, list, after) : after, text: "" };
  const comma = commaAfter(source, list, previous);
  if (trailing !== undefined || comma === undefined) return [splice];
  if (comma.range[1] >= start) return [{ ...splice, start: comma.range[0] }];
  return [{ start: comma.range[0], end: comma.range[1], text: "" }, splice];
}

/** An inline table loses its padding with its last pair: `{ a = 1 }` becomes `{}`. */
function removeOnly(source: Source, list: BracketList, element: AST.HasLocs, end: number): Splice {
  if (source.text[list.range[0]] === "{") return { start: list.range[0] + 1, end: list.range[1] - 1, text: "" };
  return { start: element.range[0], end, text: "" };
}

/** The comma that follows an element, where there is one; comments may stand between. */
function commaAfter(source: Source, list: BracketList, element: AST.HasLocs): AST.HasLocs | undefined {
  let offset = element.range[1];
  for (;;) {
    const mark = markAfter(source, offset);
    if (mark === undefined || mark.range[0] >= list.range[1]) return undefined;
    const first = source.text[mark.range[0]];
    if (first === ",") return mark;
    if (first !== "#") return undefined;
    offset = mark.range[1];
  }
}

/** The end of the comment on an offset's line, or the offset itself. */
function endWithComment(source: Source, list: BracketList, offset: number): number {
  const mark = markAfter(source, offset);
  const isComment = mark !== undefined && mark.range[0] < list.range[1] && source.text[mark.range[0]] === "#" && lineStart(source, mark.range[0]) <= offset;
  return isComment ? mark.range[1] : offset;
}

function startsLine(source: Source, node: AST.HasLocs): boolean {
  return source.text.slice(lineStart(source, node.range[0]), node.range[0]).trim() === "";
}
