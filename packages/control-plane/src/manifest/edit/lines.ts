import type { AST } from "toml-eslint-parser";
import { lineEnd, lineStart, nextLineStart, type Source, type Splice } from "./source.ts";

/** New lines below the line in which `offset` stands. A file without a final line end stays without. */
export function insertLinesBelow(source: Source, offset: number, lines: readonly string[]): Splice {
  const at = lineEnd(source, offset);
  return { start: at, end: at, text: lines.map((line) => source.newline + line).join("") };
}

/** New lines at the end of the file, below a blank one. */
export function appendLines(source: Source, lines: readonly string[]): Splice {
  const { text, newline } = source;
  const end = text.length;
  const body = lines.join(newline);
  if (text === "") return { start: end, end, text: body + newline };
  if (text.endsWith("\n")) return { start: end, end, text: `${/(?:^|\n)\r?\n$/.test(text) ? "" : newline}${body}${newline}` };
  return { start: end, end, text: newline + newline + body };
}

/** Removes the lines from `start` to `end`, comments on them included. The last line of a file takes its predecessor's line end along. */
export function removeLines(source: Source, start: number, end: number): Splice {
  const from = lineStart(source, start);
  const to = nextLineStart(source, end);
  const isLastWithoutEnd = to === source.text.length && !source.text.endsWith("\n");
  return { start: isLastWithoutEnd ? endOfLineAbove(source, from) : from, end: to, text: "" };
}

/** Removes a `[table]` with all that is in it, and the blank line that stands it off from what is above. */
export function removeTable(source: Source, table: AST.TOMLTable): Splice {
  const last = table.body.at(-1)?.range[1] ?? table.range[1];
  const lines = removeLines(source, table.range[0], last);
  const first = lineStart(source, table.range[0]);
  const above = endOfLineAbove(source, first);
  const blank = lineStart(source, above);
  if (first === 0 || above === 0 || source.text.slice(blank, above).trim() !== "") return lines;
  return { ...lines, start: lines.start < first ? endOfLineAbove(source, blank) : blank };
}

/** Where the line above the one that begins at `start` ends, before its line end; 0 on the first line. */
function endOfLineAbove(source: Source, start: number): number {
  if (start === 0) return 0;
  return source.text[start - 2] === "\r" ? start - 2 : start - 1;
}
