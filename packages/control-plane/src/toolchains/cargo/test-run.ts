import type { ComposedModule } from "../../composition/composition.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import { lastLines, plainLines } from "../shared/command-failure.ts";
import { timeLimits } from "../shared/time-limits.ts";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import type { CargoOutput } from "./cargo-output.ts";
import type { CrateOwners } from "./crate-owners.ts";
import { compileFailure, factsOf, typed } from "./explain-compile.ts";
import { guardPrograms } from "./executables.ts";
import { runCommands } from "./run-commands.ts";
import { rustStep } from "./rust-step.ts";
import { stepCommands } from "./step-commands.ts";
import { failedPackages, type FailedRustTest, findFailedRustTests } from "./test-output.ts";

/** See `Toolchain.test`. The programs that compiling left are read-only meanwhile. */
export function test(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome> {
  return rustStep(context, "test", modules, async ({ tools, places, lockfile, specs }) => {
    const facts = factsOf({ context, places, lockfile, modules });
    const explain = (command: Command, outcome: CommandOutcome, { errors }: CargoOutput): StepOutcome => compileFailure(context, facts, command, outcome, errors) ?? testFailure(command, plainLines(outcome), facts.owners);
    const commands = await stepCommands(context, "test", specs);
    return (await runCommands({ ...(await guardPrograms(context, places)), tools, explain, timeoutSeconds: timeLimits.test }, commands)).outcome;
  });
}

/** Turns the output of tests that failed into problems: one per file and the module that it belongs to. */
function testFailure(command: Pick<Command, "argv">, lines: readonly string[], owners: CrateOwners): StepOutcome & { readonly ok: false } {
  const blamed = failedPackages(lines);
  const perFile = Map.groupBy(findFailedRustTests(lines), ({ file }) => (file === undefined ? "" : owners.shown(file)));
  const [first, ...rest] = [...perFile].slice(0, 20).map(([file, tests]) => testProblem(file, tests, owners.ofFile(file) ?? (blamed.length === 1 ? owners.ofPackage(blamed[0] ?? "") : undefined)));
  if (first !== undefined) return { ok: false, problems: [first, ...rest], excerpt: excerptOf(lines) };
  const module = blamed.map((name) => owners.ofPackage(name)).find((slug) => slug !== undefined);
  return { ok: false, problems: [problem("tests_failed", `${typed(command)} failed`, module === undefined ? {} : { module })], excerpt: lastLines(lines) };
}

function testProblem(file: string, failed: readonly FailedRustTest[], module: string | undefined): Problem {
  // Tests of one program run at the same time and end in any order; people are told them as the file has them.
  const tests = failed.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0) || one.name.localeCompare(other.name));
  const [first] = tests;
  const names = tests.map(({ name }) => name);
  const told = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  const place = file === "" ? "" : `${file}${first?.line === undefined ? "" : `:${first.line}`}: `;
  return problem("tests_failed", `${place}${told}${first?.words === undefined ? "" : `: ${first.words}`}`, {
    ...(file === "" ? {} : { location: { file, ...(first?.line === undefined ? {} : { line: first.line }) } }),
    ...(module === undefined ? {} : { module }),
    details: { tests: names },
  });
}

/** What the harness says of each failure; without it, the end. */
function excerptOf(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^---- .* stdout ----$/.test(line));
  return lines.slice(start).filter((line) => line.trim() !== "").slice(0, 40);
}
