import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import type { CrateOwners } from "./crate-owners.ts";
import { moduleTypeProblem, registryHint } from "./module-type.ts";
import type { RegistryLine } from "./registry-lines.ts";
import type { RustDiagnostic, Span } from "./rustc-messages.ts";

/** Problems of one failure that are told, at most. */
export const maximumProblems = 20;

/** What errors of the compiler are explained with. */
export interface DiagnosticFacts {
  readonly owners: CrateOwners;
  readonly registry: { readonly file: string; readonly lineOf: (line: number) => RegistryLine | undefined };
}

/** Turns errors of rustc into problems: one per file, or per line of the generated registry, since each is another module's. */
export function diagnosticProblems(errors: readonly RustDiagnostic[], facts: DiagnosticFacts): Problem[] {
  const groups = new Map<string, { readonly first: Problem; readonly count: number }>();
  for (const error of errors) {
    const told = explain(error, facts);
    const key = told.location === undefined ? `${error.packageName}\0${told.message}` : told.location.file === facts.registry.file ? `${told.location.file}\0${told.module ?? ""}` : told.location.file;
    const known = groups.get(key);
    groups.set(key, { first: known?.first ?? told, count: (known?.count ?? 0) + 1 });
  }
  return [...groups.values()].slice(0, maximumProblems).map(({ first, count }) => (count > 1 ? { ...first, details: { errors: count } } : first));
}

function explain(error: RustDiagnostic, { owners, registry }: DiagnosticFacts): Problem {
  const span = placeOf(error, owners);
  const file = span === undefined ? undefined : owners.shown(span.file);
  const line = span !== undefined && file === registry.file ? registry.lineOf(span.line) : undefined;
  const module = line?.spec.slug ?? owners.ofPackage(error.packageName) ?? (file === undefined ? undefined : owners.ofFile(file));
  const facts: ProblemFacts = {
    ...(module === undefined ? {} : { module }),
    ...(span === undefined || file === undefined ? {} : { location: { file, line: span.line, column: span.column } }),
  };
  const place = span === undefined ? `${error.packageName}: ` : `${file}:${span.line}:${span.column}: `;
  const special = (line === undefined ? undefined : moduleTypeProblem(line, error, facts)) ?? toolProblem(error, facts);
  const hint = file === registry.file ? registryHint(error, line) : undefined;
  return special ?? problem("compile_failed", `${place}${wordsOf(error)}`, { ...facts, ...(hint === undefined ? {} : { hint }) });
}

/** Where to look: the first place that the message points at, and of a macro's code the place in the host where it was called. */
function placeOf({ spans }: RustDiagnostic, owners: CrateOwners): Span | undefined {
  let span = spans.find(({ primary }) => primary) ?? spans[0];
  while (span?.calledAt !== undefined && owners.shown(span.file).startsWith("/")) span = span.calledAt;
  return span;
}

function wordsOf({ message, code, notes }: RustDiagnostic): string {
  const why = message.startsWith("linking with ") ? linkerWords(notes) : message.endsWith("panicked") ? panicWords(notes) : undefined;
  return `${message}${why === undefined ? "" : `: ${why.split("\n", 1)[0]}`}${code === undefined ? "" : ` (${code})`}`;
}

function panicWords(notes: readonly string[]): string | undefined {
  return notes.find((note) => note.startsWith("message: "))?.slice("message: ".length);
}

/** The linker's own complaint; what stands before it is its long command line. */
function linkerWords(notes: readonly string[]): string | undefined {
  const lines = notes.slice(1).flatMap((note) => note.split("\n")).map((line) => line.trim());
  return lines.find((line) => /undefined (reference|symbol)|unable to find library|cannot find -l|library not found|multiple definition|duplicate symbol/.test(line)) ?? lines.find((line) => /\berror\b/.test(line));
}

/** Errors that are no one's code: a part of the tools is missing, or the machine is full. */
function toolProblem({ message, notes, code }: RustDiagnostic, facts: ProblemFacts): Problem | undefined {
  const all = [message, ...notes].join("\n");
  if (/terminated with signal 9|signal: 9/.test(all)) return problem("step_out_of_memory", "the linker was ended for want of memory", facts);
  if (/No space left on device|os error 28\b/.test(all)) return problem("disk_full", "no space left while compiling");
  const linker = /^linker `([^`]+)` not found/.exec(message)?.[1];
  if (linker !== undefined) return problem("command_not_found", `the linker ${linker} is not installed where builds can find it`, { hint: "Install a C compiler (Debian, Ubuntu: apt install build-essential), or the linker that .cargo/config.toml names." });
  const target = /the `([^`]+)` target may not be installed/.exec(all)?.[1];
  if (code === "E0463" && target !== undefined) return problem("rust_toolchain_missing", `the standard library for ${target} is not installed`, { hint: `Run rustup target add ${target} as the user of the control plane.` });
  return undefined;
}
