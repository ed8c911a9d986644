import { succeeded } from "../shared/command-failure.ts";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { CargoOutput } from "./cargo-output.ts";
import type { HostCommand } from "./commands.ts";
import type { Places } from "./places.ts";
import { cargoProgress } from "./progress.ts";
import { cargoEnvironment, cargoReadable, runCargo } from "./run-cargo.ts";
import type { RustTools } from "./rust-tools.ts";
import type { BuiltProgram } from "./rustc-messages.ts";

/** Where and with what a step's commands run. */
export interface CommandRun {
  readonly context: ToolchainContext;
  readonly tools: RustTools;
  readonly places: Places;
  readonly timeoutSeconds: number;
  /** Reads what a command that failed said. */
  readonly explain: (command: Command, outcome: CommandOutcome, output: CargoOutput) => StepOutcome | Promise<StepOutcome>;
}

/** How a step's commands ended, and the programs that they built. */
export interface CommandsOutcome {
  readonly outcome: StepOutcome;
  readonly programs: readonly BuiltProgram[];
}

/** Runs the host's commands one after the other in its root, without a network, up to the first that fails. */
export async function runCommands(run: CommandRun, commands: readonly HostCommand[]): Promise<CommandsOutcome> {
  const { context, explain, timeoutSeconds } = run;
  const progress = cargoProgress(context.progress, commands.length);
  const programs: BuiltProgram[] = [];
  for (const { argv } of commands) {
    const { outcome, output } = await runOne(run, argv, progress.onOverwritten);
    if (!succeeded(outcome)) return { outcome: await explain({ argv, cwd: context.workspace, network: "none", timeoutSeconds }, outcome, output), programs };
    programs.push(...output.programs);
    progress.commandDone();
    noteFreshness(context, output);
  }
  return { outcome: { ok: true }, programs };
}

interface OneOutcome {
  readonly outcome: CommandOutcome;
  readonly output: CargoOutput;
}

async function runOne({ context, tools, places, timeoutSeconds }: CommandRun, argv: HostCommand["argv"], onOverwritten: (picture: string) => void): Promise<OneOutcome> {
  const output = new CargoOutput();
  const options = { network: "none", timeoutSeconds, present: output.present, onOverwritten } as const;
  const [program, ...args] = argv;
  if (program === "cargo") return { outcome: await runCargo(context, tools, places, args, options), output };
  context.log(argv.join(" "));
  const env = await cargoEnvironment(tools, places, "none");
  return { outcome: await context.run({ argv, cwd: places.workspace, env, mounts: places.mounts, readable: await cargoReadable(tools), ...options }), output };
}

function noteFreshness({ log }: ToolchainContext, { compiled, fresh }: CargoOutput): void {
  const kept = [...fresh].filter((name) => !compiled.has(name)).length;
  if (compiled.size + kept > 0) log(`${count(compiled.size)} compiled, ${kept} compiled before`);
}

function count(packages: number): string {
  return packages === 1 ? "1 crate" : `${packages} crates`;
}
