import { formatPair, formatString } from "../../../manifest/format-spec.ts";
import { formatKey, formatPath } from "../../../manifest/toml/key-path.ts";
import type { Decision } from "./proposal.ts";

/** A line of a file to be: its value, and the reason where there is one to give. */
export interface DraftEntry {
  readonly key: string;
  readonly value: string | number | readonly string[];
  readonly because?: string;
}

/** A table of a file to be; the first has no name. */
export interface DraftTable {
  readonly table: readonly string[];
  readonly entries: readonly DraftEntry[];
}

/** A TOML file, as a list of tables below one line of comment. */
export function formatDraft(comment: string, tables: readonly DraftTable[]): string {
  return tables.map(({ table, entries }, index) => {
    const head = index === 0 ? `# ${comment}\n` : `\n[${table.map(formatKey).join(".")}]\n`;
    return head + entries.map((entry) => `${formatEntry(entry)}\n`).join("");
  }).join("");
}

function formatEntry({ key, value }: DraftEntry): string {
  if (typeof value === "number") return `${formatKey(key)} = ${value}`;
  const line = formatPair(key, value, { quote: '"', padding: " " });
  if (typeof value === "string" || line.length <= 120) return line;
  return `${formatKey(key)} = [\n${value.map((each) => `  ${formatString(each, '"')},\n`).join("")}]`;
}

export function decisionsOf(tables: readonly DraftTable[]): readonly Decision[] {
  return tables.flatMap(({ table, entries }) => entries.flatMap(({ key, because }) => (because === undefined ? [] : [{ key: formatPath([...table, key]), because }])));
}
