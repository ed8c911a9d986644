import { visibleWidth } from "../table.ts";
import { wrapText } from "../wrap-text.ts";

/** The narrowest column in which a description is still read well; below it goes on under its term. */
const narrowest = 20;
const deepest = 6;
/** Longer lines are hard to read, however wide the terminal is. */
const widest = 120;

/**
 * Breaks the lines of a help text that are wider than the terminal: what goes on stands below the description that it belongs to.
 * Undefined: no terminal, nothing is broken.
 */
export function wrapHelp(text: string, columns: number | undefined): string {
  return columns === undefined ? text : text.split("\n").flatMap((line) => wrapLine(line, Math.min(columns, widest))).join("\n");
}

function wrapLine(line: string, columns: number): string[] {
  if (visibleWidth(line) <= columns) return [line];
  const indent = indentOf(line, columns);
  const [first = "", ...more] = wrapText(line, columns - indent, columns);
  return [first, ...more.map((part) => " ".repeat(indent) + part)];
}

/** `  --term  what it does`: below "what"; anything else below its first letter. */
function indentOf(line: string, columns: number): number {
  const own = line.length - line.trimStart().length;
  const column = /^ +\S+(?: \S+)* {2,}(?=\S)/.exec(line)?.[0].length;
  if (column === undefined) return own;
  return columns - column >= narrowest ? column : own + deepest;
}
