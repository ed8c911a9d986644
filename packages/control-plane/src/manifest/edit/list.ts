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

/** Adds elements at the end: on lines of their own where the last one has one, and with a trailing comma where there is one. */
export function appendElements(source: Source, list: BracketList, texts: readonly string[]): readonly Splice[] {
  const last = list.elements.at(-1);
  if (texts.length === 0) return [];
  if (last === undefined) return [intoEmpty(source, list, texts.join(", "))];
  const comma = commaAfter(source, list, last);
  const isMultiline = startsLine(source, last);
  const settled = isMultiline ? endWithComment(source, list, comma?.range[1] ?? last.range[1]) : (comma?.range[1] ?? last.range[1]);
  const space = isMultiline ? source.newline + indentOf(source, last.range[0]) : " ";
  const element = { start: settled, end: settled, text: space + texts.join(`,${space}`) + (comma === undefined ? "" : ",") };
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

/** Removes elements with their commas and the comments on their lines; what stands around them stays as it is. */
export function removeElements(source: Source, list: BracketList, removed: ReadonlySet<AST.HasLocs>): readonly Splice[] {
  const { elements } = list;
  const lastKept = elements.findLastIndex((element) => !removed.has(element));
  const [first, last] = [elements[lastKept + 1], elements.at(-1)];
  const inside = elements.slice(0, lastKept + 1).flatMap((element, index) => (removed.has(element) ? [removeInside(source, list, element, elements[index + 1])] : []));
  if (first === undefined || last === undefined) return inside;
  return [...inside, ...removeTail(source, list, { kept: elements[lastKept], first, last })];
}

/** An element that others follow. */
function removeInside(source: Source, list: BracketList, element: AST.HasLocs, next: AST.HasLocs | undefined): Splice {
  const comma = commaAfter(source, list, element)?.range[1] ?? element.range[1];
  if (next?.loc.start.line === element.loc.end.line) return { start: element.range[0], end: next.range[0], text: "" };
  // A comment below the element's own line belongs to what follows, so removal ends where the next line's words begin.
  if (startsLine(source, element)) return { start: element.range[0], end: markAfter(source, nextLineStart(source, comma))?.range[0] ?? comma, text: "" };
  return { start: markBefore(source, element.range[0])?.range[1] ?? element.range[0], end: comma, text: "" };
}

interface Tail {
  /** The last element that stays, and the first and last of those behind it. */
  readonly kept: AST.HasLocs | undefined;
  readonly first: AST.HasLocs;
  readonly last: AST.HasLocs;
}

/** The elements at the end, as one: the comma behind the one that stays goes, unless the list has a trailing one. */
function removeTail(source: Source, list: BracketList, { kept, first, last }: Tail): readonly Splice[] {
  const trailing = commaAfter(source, list, last);
  const after = trailing?.range[1] ?? last.range[1];
  if (kept === undefined) return [removeAll(source, list, first, after)];
  const start = markBefore(source, first.range[0])?.range[1] ?? first.range[0];
  const splice = { start, end: startsLine(source, last) ? endWithComment(source, list, after) : after, text: "" };
  const comma = commaAfter(source, list, kept);
  if (trailing !== undefined || comma === undefined) return [splice];
  if (comma.range[1] >= start) return [{ ...splice, start: comma.range[0] }];
  return [{ start: comma.range[0], end: comma.range[1], text: "" }, splice];
}

/** An inline table loses its padding with its last pair: `{ a = 1 }` becomes `{}`. */
function removeAll(source: Source, list: BracketList, first: AST.HasLocs, end: number): Splice {
  if (source.text[list.range[0]] === "{") return { start: list.range[0] + 1, end: list.range[1] - 1, text: "" };
  return { start: first.range[0], end, text: "" };
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
