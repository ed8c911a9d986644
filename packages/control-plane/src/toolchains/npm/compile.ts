import type { ComposedModule } from "../../composition/composition.ts";
import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import { lastLines } from "../shared/command-failure.ts";
import { type Diagnostic, findDiagnostics } from "../shared/diagnostics.ts";
import { ownersOf } from "../shared/owners.ts";
import { timeLimits } from "../shared/time-limits.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { checkOutputs } from "./built-outputs.ts";
import { runProtected } from "./protected-run.ts";
import { rebuildAllowed } from "./rebuild.ts";
import { distinctCommands, type Explanation, runScripts } from "./run-scripts.ts";
import { directoriesOfLines, guiltyPackage, packageDirectories } from "./script-banners.ts";

/** Problems of one failure that are told, at most. */
const maximumProblems = 20;

/** See `Toolchain.compile`. */
export async function compile(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome> {
  const directories = await packageDirectories(context.workspace);
  const commands = distinctCommands(context.host.surfaces, "build");
  return runProtected(context, async (guarded, protection) => {
    const rebuilt = await rebuildAllowed(guarded, modules);
    if (!rebuilt.ok) return rebuilt;
    const compiled = await runScripts(guarded, commands, timeLimits.compile, modules, (lines, command) => explainCompile(lines, command, modules, context.workspace, directories), protection);
    return compiled.ok ? checkOutputs(context) : compiled;
  });
}

/** Turns a compiler's output into problems: one per file and the module that it belongs to. */
export function explainCompile(lines: readonly string[], command: string, modules: readonly ComposedModule[], workspace: string, directories: ReadonlyMap<string, string>): Explanation {
  const owners = ownersOf(workspace, modules.map(({ spec }) => spec));
  const bases = directoriesOfLines(lines, directories);
  const diagnostics = findDiagnostics(lines);
  const perFile = new Map<string, { first: Diagnostic; count: number }>();
  for (const diagnostic of diagnostics) {
    const file = owners.inHost(diagnostic.file, bases[diagnostic.at] ?? "") ?? diagnostic.file;
    const known = perFile.get(file);
    perFile.set(file, { first: known?.first ?? diagnostic, count: (known?.count ?? 0) + 1 });
  }
  const problems = [...perFile].slice(0, maximumProblems).map(([file, { first, count }]) => compileProblem(file, first, count, moduleFacts(first, owners.moduleOf(file), modules)));
  const [first, ...rest] = problems;
  if (first !== undefined) return { problems: [first, ...rest], excerpt: excerptOf(lines, diagnostics) };
  return { problems: [unexplained(lines, command, owners.moduleOf(`${guiltyPackage(lines, directories) ?? ""}/`))], excerpt: lastLines(lines) };
}

function compileProblem(file: string, { line, column, message }: Diagnostic, count: number, facts: ModuleFacts): Problem {
  const place = `${file}:${line}${column === undefined ? "" : `:${column}`}`;
  return problem("compile_failed", `${place}: ${message}`, {
    location: { file, line, ...(column === undefined ? {} : { column }) },
    ...facts,
    ...(count > 1 ? { details: { errors: count } } : {}),
  });
}

type ModuleFacts = Pick<ProblemFacts, "module" | "hint">;

/** Whose file it is; or, where the host misses a module's package, that module: what it exports is not compiled yet. */
function moduleFacts({ message }: Diagnostic, owner: string | undefined, modules: readonly ComposedModule[]): ModuleFacts {
  if (owner !== undefined) return { module: owner };
  const missing = /Cannot find module '([^']+)'/.exec(message)?.[1];
  const module = modules.find(({ spec, serverPackage }) => missing === spec.packageName || (missing !== undefined && missing === serverPackage));
  if (module === undefined) return {};
  const { path, packageName } = module.spec;
  const todo = path === undefined ? "Publish the package with its compiled files and types" : `Let the host's script \`build\` compile ${path} before the server`;
  return { module: module.slug, hint: `What ${packageName} exports is not there. ${todo}, or leave the module out.` };
}

function unexplained(lines: readonly string[], command: string, module: string | undefined): Problem {
  const own = lastLines(lines.filter((line) => !/^npm (error|ERR!|warn)/.test(line)), 1)[0];
  return problem("compile_failed", `${command} failed${own === undefined ? "" : `: ${own.trim()}`}`, module === undefined ? {} : { module });
}

/** Each complaint with the lines that quote its source. */
function excerptOf(lines: readonly string[], diagnostics: readonly Diagnostic[]): string[] {
  const wanted = new Set<number>();
  for (const { at } of diagnostics.slice(0, 8)) for (let index = Math.max(0, at - 2); index <= at + 4; index += 1) wanted.add(index);
  return lines.filter((line, index) => wanted.has(index) && line.trim() !== "").slice(0, 40);
}
