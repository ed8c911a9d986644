import type { AST } from "toml-eslint-parser";
import { ModyardError } from "../../errors/problem.ts";
import { parseSyntax, parseTree } from "../toml/syntax.ts";
import { refuseText, stripBom } from "../toml/text.ts";

/** Replaces the characters from `start` up to `end` by `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A TOML text and its syntax tree; ranges count from the start of `text`, which has no byte order mark. */
export interface Source {
  readonly bom: string;
  readonly text: string;
  readonly tree: AST.TOMLProgram;
  /** Tokens and comments in the order of the text. */
  readonly marks: readonly AST.HasLocs[];
  /** The line end that new lines get: the file's first. */
  readonly newline: "\n" | "\r\n";
}

/** Reads a text for editing; throws its syntax errors. */
export function readSource(original: string): Source {
  const refused = refuseText(original, "modules.toml");
  if (refused !== undefined) throw new ModyardError(refused);
  const text = stripBom(original);
  const syntax = parseSyntax(text, "modules.toml");
  if (!syntax.ok) throw new ModyardError(syntax.problems);
  return sourceOf(original.slice(0, original.length - text.length), text, parseTree(text));
}

/** A text with its syntax tree, made ready for editing. */
export function sourceOf(bom: string, text: string, tree: AST.TOMLProgram): Source {
  const marks = [...tree.tokens, ...tree.comments].toSorted((a, b) => a.range[0] - b.range[0]);
  const first = text.indexOf("\n");
  return { bom, text, tree, marks, newline: first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n" };
}

/** The original text with all splices applied. Those at one place keep their order; removals may overlap. */
export function applySplices(source: Source, splices: readonly Splice[]): string {
  let result = source.bom;
  let position = 0;
  for (const { start, end, text } of splices.toSorted((a, b) => a.start - b.start)) {
    result += source.text.slice(position, start) + text;
    position = Math.max(position, end);
  }
  return result + source.text.slice(position);
}

/** The last token or comment that ends at or before an offset. */
export function markBefore(source: Source, offset: number): AST.HasLocs | undefined {
  return source.marks[firstMarkFrom(source, offset) - 1];
}

/** The first token or comment that begins at or after an offset. */
export function markAfter(source: Source, offset: number): AST.HasLocs | undefined {
  return source.marks[firstMarkFrom(source, offset)];
}

function firstMarkFrom(source: Source, offset: number): number {
  let low = 0;
  let high = source.marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((source.marks[middle]?.range[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the line of an offset begins. */
export function lineStart(source: Source, offset: number): number {
  return source.text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(source: Source, offset: number): number {
  const newline = source.text.indexOf("\n", offset);
  if (newline === -1) return source.text.length;
  return source.text[newline - 1] === "\r" && newline > offset ? newline - 1 : newline;
}

/** Where the line after this one begins; the text's end when there is none. */
export function nextLineStart(source: Source, offset: number): number {
  const newline = source.text.indexOf("\n", offset);
  return newline === -1 ? source.text.length : newline + 1;
}

/** The white space that an offset's line begins with. */
export function indentOf(source: Source, offset: number): string {
  return /^[ \t]*/.exec(source.text.slice(lineStart(source, offset), offset))?.[0] ?? "";
}
