import type { ComposedModule } from "../../composition/composition.ts";
import { ModyardError, problem, type Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { failed } from "../shared/command-failure.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { prepareCargoHome } from "./cargo-home.ts";
import { type Lockfile, lockfileName, readLockfile } from "./lockfile.ts";
import type { Places } from "./places.ts";
import { findRustTools, type RustTools } from "./rust-tools.ts";
import { withTarget } from "./step-target.ts";

/** What compiling and testing work with. */
export interface RustStep {
  readonly tools: RustTools;
  readonly places: Places;
  readonly lockfile: Lockfile;
  readonly specs: readonly ModuleSpec[];
}

/** Makes everything ready that compiling and testing need: tools, the lockfile, a target directory. */
export async function rustStep(context: ToolchainContext, step: "compile" | "test", modules: readonly ComposedModule[], action: (step: RustStep) => Promise<StepOutcome>): Promise<StepOutcome> {
  const tools = await findRustTools(context.workspace);
  if (!tools.ok) return refused(tools.problems);
  const lockfile = await readLockfile(context.workspace);
  if (!lockfile.ok) return refused(lockfile.problems);
  const locked = lockfile.value;
  if (locked === undefined) return failed(problem("lockfile_out_of_date", `the host has no ${lockfileName}`, { location: { file: lockfileName }, hint: "Run `cargo generate-lockfile` in the host and commit the lockfile." }));
  await prepareCargoHome(context.cacheDirectory);
  const specs = modules.map(({ spec }) => spec);
  return withTarget(context, tools.value, step, specs, locked, (places) => action({ tools: tools.value, places, lockfile: locked, specs })).catch(told);
}

/** What is no defect of ours: a full disk, and what build code put in the place of what was expected. */
function told(error: unknown): StepOutcome {
  if (error instanceof ModyardError) return refused(error.problems);
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") return failed(problem("disk_full", "no space left for the target directory"));
  throw error;
}

function refused(problems: readonly Problem[]): StepOutcome {
  const [first = problem("step_failed", "the step cannot start"), ...rest] = problems;
  return { ok: false, problems: [first, ...rest], excerpt: [] };
}
