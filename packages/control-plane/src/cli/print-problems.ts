import type { Location, Problem } from "../errors/problem.ts";
import { foreignText, plain } from "./client/foreign-text.ts";
import { hintWithCommand } from "./command-hints.ts";
import { visibleWidth } from "./table.ts";
import type { Colors, Output } from "./terminal.ts";
import { wrapText } from "./wrap-text.ts";

/** How bad a problem is, for its colour. */
export type Severity = "error" | "warning";

/** Texts of files that problems point into, by the file's name in the problem; the place is then shown. */
export type Sources = ReadonlyMap<string, string>;

/** Prints problems for people: where, what, the line itself, and what to do. */
export function printProblems(output: Output, problems: readonly Problem[], severity: Severity = "error", sources: Sources = new Map()): void {
  for (const problem of problems) {
    for (const line of problemLines(output, problem, severity, sources)) output.line(line);
    output.line();
  }
}

function problemLines({ colors, columns }: Output, problem: Problem, severity: Severity, sources: Sources): string[] {
  const colour = severity === "error" ? colors.red : colors.yellow;
  const place = problem.location === undefined ? "" : `${colors.cyan(harmless(placeOf(problem.location)))}: `;
  const label = `${place}${colors.bold(colour(`${severity}[${problem.code}]`))}: `;
  const [first = "", ...more] = problem.message.split("\n").map(harmless);
  const width = columns === undefined ? undefined : columns - 2;
  const [head = "", ...tail] = wrapText(first, width, columns === undefined ? undefined : columns - visibleWidth(label));
  const [hint = "", ...hintTail] = wrapText(harmless(hintWithCommand(problem)), columns === undefined ? undefined : columns - 8);
  return [
    `${label}${colors.bold(head)}`,
    ...tail.map((line) => `  ${colors.bold(line)}`),
    ...more.map((line) => colourDiff(colors, `  ${line}`)),
    ...excerpt(colors, problem.location, sources, colour),
    `  ${colors.dim("hint:")} ${hint}`,
    ...hintTail.map((line) => `        ${line}`),
  ];
}

/** `file:line:column`, as editors and terminals make links of it. */
export function placeOf({ file, line, column }: Location): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}

function colourDiff(colors: Colors, line: string): string {
  if (line.startsWith("  - ")) return colors.red(line);
  return line.startsWith("  + ") ? colors.green(line) : line;
}

/** The line of the file, and a mark below the column. Very long lines are cut around it. */
function excerpt(colors: Colors, location: Location | undefined, sources: Sources, colour: (text: string) => string): string[] {
  if (location?.line === undefined) return [];
  const line = sources.get(location.file)?.split(/\r?\n/)[location.line - 1];
  if (line === undefined) return [];
  const column = location.column ?? 1;
  const start = Math.max(0, column - 60);
  const shown = printable(line.slice(start, start + 100));
  const margin = String(location.line);
  return [colors.dim(`  ${margin} | `) + shown, colors.dim(`  ${" ".repeat(margin.length)} | `) + " ".repeat(Math.max(0, column - 1 - start)) + colour("^")];
}

/** A problem may repeat what a module, a registry or git wrote: nothing in it may steer the terminal. */
function harmless(text: string): string {
  return foreignText(plain, text);
}

/** A file's bytes must not steer the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll("\t", " ").replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "�");
}
