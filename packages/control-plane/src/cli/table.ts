/** Columns as wide as their widest cell, two spaces apart; the head in a style of its own. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], headStyle: (text: string) => string): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd();
  return [headStyle(line(head)), ...rows.map(line)];
}
