import type { Problem } from "../../errors/problem.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { printProblems } from "../print-problems.ts";
import type { Output } from "../terminal.ts";
import { wrapText } from "../wrap-text.ts";
import type { Candidate } from "./propose/candidates.ts";
import type { Decision, Proposal, ProposedFile, Step } from "./propose/proposal.ts";

/** What stands in a repository's files must not steer the terminal. */
const clean = (text: string): string => foreignText(plain, text);

/** Shows a proposal for people: what was found, the files with their reasons, what else to know. */
export function printProposal(output: Output, name: string, server: Candidate | undefined, proposal: Proposal): void {
  const { colors } = output;
  if (server !== undefined) {
    output.line(`${colors.green("✓")} ${colors.bold(server.toolchain === "npm" ? "A Node host" : "A Rust host")}${name === "." ? "" : ` in ${clean(name)}`}; its server is ${colors.cyan(clean(server.directory || "the root itself"))}`);
    for (const line of wrapText(clean(`It ${server.reasons.join(", ")}.`), room(output, 2))) output.line(`  ${colors.dim(line)}`);
    output.line();
  }
  for (const file of proposal.files) printFile(output, file);
  printNotes(output, proposal.notes);
  printProblems(output, proposal.problems.map(cleanProblem), "warning");
}

function cleanProblem(problem: Problem): Problem {
  const { location } = problem;
  return { ...problem, message: clean(problem.message), hint: clean(problem.hint), ...(location === undefined ? {} : { location: { ...location, file: clean(location.file) } }) };
}

function printFile(output: Output, { path, text, decisions }: ProposedFile): void {
  const { colors } = output;
  const title = `${path} (new) `;
  output.line(colors.bold(title) + colors.dim("─".repeat(Math.max(0, Math.min(output.columns ?? 80, 100) - title.length))));
  const lines = text.replace(/\n$/, "").split("\n");
  for (const line of shortened(lines)) {
    if (line === undefined) output.line(colors.dim(`  … ${lines.length - SHOWN} more lines …`));
    else printAdded(output, clean(line));
  }
  output.line();
  printDecisions(output, decisions);
  output.line();
}

/** A line of a new file; one that is wider than the terminal goes on below, indented. */
function printAdded(output: Output, line: string): void {
  // Broken behind commas only, where a reader of TOML expects it.
  const tied = line.replaceAll(/(?<!,) /g, "\u00a0");
  const [first = "", ...more] = wrapText(tied, wide(output, 6), wide(output, 2)).map((part) => part.replaceAll("\u00a0", " "));
  const colour = line.startsWith("#") ? output.colors.dim : output.colors.green;
  output.line(`${output.colors.green("+")} ${colour(first)}`.trimEnd());
  for (const rest of more) output.line(`      ${colour(rest)}`);
}

const SHOWN = 60;

/** A manifest of thousands of modules is not for reading: its beginning and its end tell what it is. */
function shortened(lines: readonly string[]): readonly (string | undefined)[] {
  return lines.length <= SHOWN + 5 ? lines : [...lines.slice(0, SHOWN - 10), undefined, ...lines.slice(-10)];
}

function lastWord(key: string): string {
  return key.split(".").at(-1) ?? key;
}

/** One line for each decision. Keys are told by their last words as long as these are not the same. */
function printDecisions(output: Output, decisions: readonly Decision[]): void {
  const names = decisions.map(({ key }) => clean(decisions.filter((other) => lastWord(other.key) === lastWord(key)).length > 1 ? key : lastWord(key)));
  const width = Math.min(30, Math.max(...names.map((name) => name.length), 0));
  for (const [index, { because }] of decisions.entries()) {
    const [first = "", ...more] = wrapText(clean(because), room(output, width + 4));
    output.line(`  ${output.colors.cyan((names[index] ?? "").padEnd(width))}  ${first}`);
    for (const line of more) output.line(`${" ".repeat(width + 4)}${line}`);
  }
}

function printNotes(output: Output, notes: readonly string[]): void {
  for (const note of notes) {
    const [first = "", ...more] = wrapText(clean(note), room(output, 2));
    output.line(`${output.colors.blue("•")} ${first}`);
    for (const line of more) output.line(`  ${line}`);
  }
  if (notes.length > 0) output.line();
}

/** What to do next, numbered; commands stand alone on their lines, to be copied. */
export function printSteps(output: Output, steps: readonly Step[]): void {
  output.line(output.colors.bold("Next"));
  for (const [index, { what, commands }] of steps.entries()) {
    const [first = "", ...more] = wrapText(clean(what), room(output, 5));
    output.line(`  ${index + 1}. ${first}`);
    for (const line of more) output.line(`     ${line}`);
    for (const command of commands) output.line(`     ${output.colors.cyan(clean(command))}`);
  }
}

function room({ columns }: Output, indent: number): number | undefined {
  return columns === undefined ? undefined : Math.max(20, Math.min(columns, 100) - indent);
}

/** The whole width: files are shown as wide as the terminal is. */
function wide({ columns }: Output, indent: number): number | undefined {
  return columns === undefined ? undefined : Math.max(20, columns - indent);
}
