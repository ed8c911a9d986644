import type { ComposedModule } from "../../composition/composition.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import { lastLines } from "../shared/command-failure.ts";
import { ownersOf } from "../shared/owners.ts";
import { type FailedTest, findFailedTests } from "../shared/test-output.ts";
import { timeLimits } from "../shared/time-limits.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { runProtected } from "./protected-run.ts";
import { distinctCommands, type Explanation, runScripts } from "./run-scripts.ts";
import { directoriesOfLines, guiltyPackage, packageDirectories } from "./script-banners.ts";

/** See `Toolchain.test`. */
export async function test(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome> {
  const directories = await packageDirectories(context.workspace);
  const commands = distinctCommands(context.host.surfaces, "test");
  return runProtected(context, (guarded, protection) => runScripts(guarded, commands, timeLimits.test, modules, (lines, command) => explainTests(lines, command, modules, context.workspace, directories), protection));
}

/** Turns a test runner's output into problems: one per failed test file and the module that it belongs to. */
function explainTests(lines: readonly string[], command: string, modules: readonly ComposedModule[], workspace: string, directories: ReadonlyMap<string, string>): Explanation {
  const owners = ownersOf(workspace, modules.map(({ spec }) => spec));
  const bases = directoriesOfLines(lines, directories);
  const perFile = new Map<string, FailedTest[]>();
  for (const failure of findFailedTests(lines)) {
    const file = owners.inHost(failure.file, bases[failure.at] ?? "") ?? failure.file;
    perFile.set(file, [...(perFile.get(file) ?? []), failure]);
  }
  const [first, ...rest] = [...perFile].slice(0, 20).map(([file, failures]) => testProblem(file, failures, owners.moduleOf(file)));
  if (first !== undefined) return { problems: [first, ...rest], excerpt: excerptOf(lines, [...perFile.values()].flat()) };
  const module = owners.moduleOf(`${guiltyPackage(lines, directories) ?? ""}/`);
  return { problems: [problem("tests_failed", `${command} failed`, module === undefined ? {} : { module })], excerpt: lastLines(lines) };
}

function testProblem(file: string, failures: readonly FailedTest[], module: string | undefined): Problem {
  const names = [...new Set(failures.flatMap(({ name }) => (name === undefined ? [] : [name])))];
  const line = failures.find((failure) => failure.line !== undefined)?.line;
  const message = `${file}${names.length === 0 ? " failed" : `: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`}`;
  return problem("tests_failed", message, { location: { file, ...(line === undefined ? {} : { line }) }, ...(module === undefined ? {} : { module }), details: { tests: names } });
}

function excerptOf(lines: readonly string[], failures: readonly FailedTest[]): string[] {
  const wanted = new Set<number>();
  for (const { at } of failures.slice(0, 4)) for (let index = Math.max(0, at - 1); index <= at + 10; index += 1) wanted.add(index);
  return lines.filter((line, index) => wanted.has(index) && line.trim() !== "" && !line.includes("(node:internal/")).slice(0, 40);
}
