import { stripVTControlCharacters } from "node:util";

/** Columns as wide as their widest cell, two spaces apart; the head in a style of its own. Cells may be coloured. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], headStyle: (text: string) => string): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => visibleWidth(row[column] ?? ""))));
  const line = (row: readonly string[]): string => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join("  ").trimEnd();
  return [headStyle(line(head)), ...rows.map(line)];
}

function pad(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - visibleWidth(cell)));
}

/** How many columns a text takes, its colours left out. */
export function visibleWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}
