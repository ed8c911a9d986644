import { dirname } from "node:path";
import type { ComposedModule } from "../../composition/composition.ts";
import type { Problem } from "../../errors/problem.ts";
import type { Surface } from "../../manifest/host-descriptor.ts";
import { commonProblem, lastLines, plainLines, succeeded } from "../shared/command-failure.ts";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmQuiet } from "./npm-environment.ts";
import type { Protection } from "./protected-run.ts";

/** What a failed command's output says: problems, the first one leading, and the few lines that matter. */
export interface Explanation {
  readonly problems: readonly [Problem, ...Problem[]];
  readonly excerpt: readonly string[];
}

/** Reads the output (without colours) of a command that failed. */
export type Explain = (lines: readonly string[], command: string, modules: readonly ComposedModule[], workspace: string) => Explanation;

/** The commands of one kind of all surfaces, each once however many surfaces share it. */
export function distinctCommands(surfaces: readonly Surface[], kind: "build" | "test"): (readonly [string, ...string[]])[] {
  const commands = new Map<string, readonly [string, ...string[]]>();
  for (const surface of surfaces) {
    const [program, ...args] = surface[kind] ?? [];
    if (program !== undefined) commands.set(JSON.stringify([program, ...args]), [program, ...args]);
  }
  return [...commands.values()];
}

/** Runs the host's own commands one after the other in its root, without a network, up to the first that fails. */
export async function runScripts(context: ToolchainContext, commands: readonly (readonly [string, ...string[]])[], timeoutSeconds: number, modules: readonly ComposedModule[], explain: Explain, protection: Protection): Promise<StepOutcome> {
  for (const [index, argv] of commands.entries()) {
    context.progress(index, commands.length);
    context.log(`$ ${argv.join(" ")}`);
    const command = { ...(await scriptCommand(context, argv, timeoutSeconds)), ...protection };
    const outcome = await context.run(command);
    if (!succeeded(outcome)) return told({ ...command, argv }, outcome, context, modules, explain);
  }
  context.progress(commands.length, commands.length);
  return { ok: true };
}

async function scriptCommand(context: ToolchainContext, argv: readonly [string, ...string[]], timeoutSeconds: number): Promise<Command> {
  const npm = await findNpm();
  const [program, ...args] = argv;
  const run = program === "npm" ? npmCommand(npm, args) : argv;
  return { argv: run, cwd: context.workspace, env: { ...npmQuiet, PATH: npm.path }, network: "none", readable: [dirname(dirname(npm.script))], timeoutSeconds };
}

function told(command: Command, outcome: CommandOutcome, context: ToolchainContext, modules: readonly ComposedModule[], explain: Explain): StepOutcome {
  const lines = plainLines(outcome);
  const explanation = explain(lines, command.argv.join(" "), modules, context.workspace);
  const common = commonProblem(command, outcome);
  if (common === undefined) return { ok: false, ...explanation };
  const suspect = outcome.timedOut ? undefined : explanation.problems[0].module;
  return { ok: false, problems: [suspect === undefined ? common : { ...common, module: suspect }], excerpt: lastLines(lines) };
}
