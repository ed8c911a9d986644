import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import { commandText, commonProblem, lastLines, plainLines } from "../shared/command-failure.ts";
import { type Diagnostic, findDiagnostics } from "../shared/diagnostics.ts";
import { readPlainFileSync } from "../shared/plain-file.ts";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import type { ComposedModule } from "../../composition/composition.ts";
import type { CargoOutput } from "./cargo-output.ts";
import { crateOwners, type CrateOwners } from "./crate-owners.ts";
import { type DiagnosticFacts, diagnosticProblems, maximumProblems } from "./diagnostic-problems.ts";
import type { Lockfile } from "./lockfile.ts";
import type { Places } from "./places.ts";
import { registryLines } from "./registry-lines.ts";
import type { RustDiagnostic } from "./rustc-messages.ts";
import { toolFailure } from "./tool-failures.ts";

/** What the output of a failed command is read with. */
export interface FailureSource {
  readonly context: ToolchainContext;
  readonly places: Places;
  readonly lockfile: Lockfile;
  readonly modules: readonly ComposedModule[];
}

/** A failure's problems, the first one leading, and the lines that matter. */
type Failure = StepOutcome & { readonly ok: false };

/** Makes the reader of commands that failed while they compiled. */
export function explainCompile(source: FailureSource): (command: Command, outcome: CommandOutcome, output: CargoOutput) => Failure {
  const facts = factsOf(source);
  return (command, outcome, { errors }) => compileFailure(source.context, facts, command, outcome, errors) ?? unexplained(command, plainLines(outcome), facts.owners);
}

/** Whose crates, files and lines of the generated registry are whose. Read before any code of the host runs. */
export function factsOf({ context: { workspace, app, host }, places, lockfile, modules }: FailureSource): DiagnosticFacts {
  const file = host.registry.output;
  const lineOf = registryLines(readOr(join(workspace, file)), modules);
  return { owners: crateOwners({ workspace, places, lockfile, app, modules }), registry: { file, lineOf } };
}

/** What a command's output says about a failure to compile; undefined when it compiled, or said nothing. */
export function compileFailure({ app, target }: ToolchainContext, facts: DiagnosticFacts, command: Command, outcome: CommandOutcome, errors: readonly RustDiagnostic[]): Failure | undefined {
  const lines = plainLines(outcome);
  const fromCompiler = diagnosticProblems(errors, facts);
  const fromCargo = toolFailure(lines, { owners: facts.owners, app, ...(target === undefined ? {} : { target }) });
  const common = commonProblem({ ...command, argv: [typed(command)] }, outcome);
  const [first, ...rest] = [...(common === undefined ? [] : [blame(common, fromCargo)]), ...(fromCargo === undefined || fromCargo.code === common?.code ? [] : [fromCargo]), ...fromCompiler];
  if (first === undefined) return undefined;
  return { ok: false, problems: [first, ...rest], excerpt: errors.length > 0 && common === undefined ? excerptOf(errors) : lastLines(lines) };
}

/** A command that ended without a word of cargo's: another tool's errors are told as far as they can be read. */
function unexplained(command: Command, lines: readonly string[], owners: CrateOwners): Failure {
  const perFile = Map.groupBy(findDiagnostics(lines), ({ file }) => owners.shown(file));
  const [first, ...rest] = [...perFile].slice(0, maximumProblems).map(([file, found]) => printedProblem(file, found, owners));
  const own = lines.findLast((line) => /^error\b/.test(line)) ?? lastLines(lines, 1)[0];
  const silent = problem("compile_failed", `${typed(command)} failed${own === undefined ? "" : `: ${own.trim()}`}`);
  return { ok: false, problems: [first ?? silent, ...rest], excerpt: lastLines(lines) };
}

function printedProblem(file: string, found: readonly Diagnostic[], owners: CrateOwners): Problem {
  const [{ line = 1, column, message = "" } = {}] = found;
  const module = owners.ofFile(file);
  return problem("compile_failed", `${file}:${line}${column === undefined ? "" : `:${column}`}: ${message}`, {
    location: { file, line, ...(column === undefined ? {} : { column }) },
    ...(module === undefined ? {} : { module }),
    ...(found.length > 1 ? { details: { errors: found.length } } : {}),
  });
}

/** A command as the host wrote it: how messages are formed is our own affair. */
export function typed(command: Pick<Command, "argv">): string {
  return commandText(command).replace(/ --message-format=\S+/, "");
}

function blame(common: Problem, told: Problem | undefined): Problem {
  return told?.module === undefined || common.code === "step_timed_out" ? common : { ...common, module: told.module };
}

/** The first errors as people see them, without colours. */
function excerptOf(errors: readonly RustDiagnostic[]): string[] {
  return errors.slice(0, 8).flatMap(({ rendered }) => stripVTControlCharacters(rendered).split("\n")).filter((line) => line.trim() !== "").slice(0, 40);
}

function readOr(file: string): string {
  return readPlainFileSync(file) ?? "";
}
