import { foreignText, plain } from "../client/foreign-text.ts";
import { printProblems } from "../print-problems.ts";
import type { Output } from "../terminal.ts";
import { wrapText } from "../wrap-text.ts";
import type { Candidate } from "./propose/candidates.ts";
import type { Decision, Proposal, ProposedFile, Step } from "./propose/proposal.ts";

/** What stands in a repository's files must not steer the terminal. */
const clean = (text: string): string => foreignText(plain, text);

/** Where explanations begin when keys are short; longer keys stand on a line of their own. */
const KEY_WIDTH = 18;

/** Shows a proposal for people: what was found, the files with their reasons, what else to know. */
export function printProposal(output: Output, name: string, server: Candidate | undefined, proposal: Proposal): void {
  const { colors } = output;
  if (server !== undefined) {
    output.line(`${colors.green("✓")} ${colors.bold(server.toolchain === "npm" ? "A Node host" : "A Rust host")} in ${clean(name)}; its server is ${colors.cyan(clean(server.directory || "the root"))}`);
    for (const line of wrapText(clean(`It ${server.reasons.join(", ")}.`), room(output, 2))) output.line(`  ${colors.dim(line)}`);
    output.line();
  }
  for (const file of proposal.files) printFile(output, file);
  printNotes(output, proposal.notes);
  printProblems(output, proposal.problems.map((each) => ({ ...each, message: clean(each.message) })), "warning");
}

function printFile(output: Output, { path, text, decisions }: ProposedFile): void {
  const { colors } = output;
  const title = `${path} (new) `;
  output.line(colors.bold(title) + colors.dim("─".repeat(Math.max(0, Math.min(output.columns ?? 80, 100) - title.length))));
  const lines = text.replace(/\n$/, "").split("\n");
  for (const line of shortened(lines)) output.line(line === undefined ? colors.dim(`  … ${lines.length - SHOWN} more lines …`) : colors.green(`+ ${clean(line)}`.trimEnd()));
  output.line();
  for (const decision of decisions) printDecision(output, decision);
  output.line();
}

const SHOWN = 60;

/** A manifest of thousands of modules is not for reading: its beginning and its end tell what it is. */
function shortened(lines: readonly string[]): readonly (string | undefined)[] {
  return lines.length <= SHOWN + 5 ? lines : [...lines.slice(0, SHOWN - 10), undefined, ...lines.slice(-10)];
}

function printDecision(output: Output, { key, because }: Decision): void {
  const name = clean(key);
  const isLong = name.length > KEY_WIDTH;
  const [first = "", ...more] = wrapText(clean(because), room(output, KEY_WIDTH + 4));
  const indent = " ".repeat(KEY_WIDTH + 4);
  if (isLong) output.line(`  ${output.colors.cyan(name)}`);
  output.line(isLong ? indent + first : `  ${output.colors.cyan(name.padEnd(KEY_WIDTH))}  ${first}`);
  for (const line of more) output.line(indent + line);
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
