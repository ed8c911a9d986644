import { visibleWidth } from "../table.ts";
import type { Output } from "../terminal.ts";
import { wrapText } from "../wrap-text.ts";
import { groups, type FindingStatus } from "./check.ts";
import type { GroupedFinding } from "./run-checks.ts";

/** Lines are read best when they are not as wide as a screen. */
const widest = 100;

/** Prints the findings under their headings, and last what they come to. */
export function printFindings(output: Output, findings: readonly GroupedFinding[]): void {
  const width = Math.max(...findings.map(({ name }) => visibleWidth(name)));
  for (const group of groups) {
    const members = findings.filter((finding) => finding.group === group);
    if (members.length === 0) continue;
    output.line(output.colors.bold(group));
    for (const finding of members) for (const line of findingLines(output, finding, width)) output.line(line);
    output.line();
  }
  output.line(summary(output, findings));
}

function findingLines({ colors, columns }: Output, { name, status, text, fix }: GroupedFinding, width: number): readonly string[] {
  const indent = " ".repeat(width + 6);
  const room = columns === undefined ? undefined : Math.max(20, Math.min(columns, widest) - indent.length);
  const [first = "", ...rest] = wrapText(text, room);
  const [command = "", ...more] = fix === undefined ? [] : wrapText(fix, room === undefined ? undefined : room - 2);
  return [
    `  ${mark(colors, status)} ${status === "ok" ? colors.dim(name.padEnd(width)) : name.padEnd(width)}  ${first}`,
    ...rest.map((line) => indent + line),
    ...(fix === undefined ? [] : [`${indent}${colors.dim("→")} ${colors.cyan(command)}`, ...more.map((line) => `${indent}  ${colors.cyan(line)}`)]),
  ];
}

/** A shape of its own for each, so that nobody needs colours to tell them apart. */
function mark(colors: Output["colors"], status: FindingStatus): string {
  return { ok: colors.green("✓"), warning: colors.yellow("!"), missing: colors.red("✗") }[status];
}

function summary({ colors }: Output, findings: readonly GroupedFinding[]): string {
  const count = (status: FindingStatus): number => findings.filter((finding) => finding.status === status).length;
  const warnings = count("warning") === 0 ? "" : `, ${count("warning")} warning${count("warning") === 1 ? "" : "s"}`;
  if (count("missing") > 0) return colors.bold(colors.red(`${count("missing")} missing`)) + warnings;
  return colors.bold(colors.green("Everything needed is here")) + warnings;
}
