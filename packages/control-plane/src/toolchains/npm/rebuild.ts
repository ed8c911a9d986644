import { dirname } from "node:path";
import type { ComposedModule } from "../../composition/composition.ts";
import { problem } from "../../errors/problem.ts";
import { commonProblem, failed, lastLines, plainLines, succeeded } from "../shared/command-failure.ts";
import { timeLimits } from "../shared/time-limits.ts";
import type { Command, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { readLockfile } from "./lockfile.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmQuiet } from "./npm-environment.ts";

/** Runs the lifecycle scripts of the packages that may, after the install and without a network. They touch only this build's copy. */
export async function rebuildAllowed(context: ToolchainContext, modules: readonly ComposedModule[]): Promise<StepOutcome> {
  const allowed = await installedAmong(context.workspace, context.allowScripts);
  if (allowed.length === 0) return { ok: true };
  const npm = await findNpm();
  const argv = npmCommand(npm, ["rebuild", "--ignore-scripts=false", "--foreground-scripts", "--", ...allowed]);
  const command: Command = { argv, cwd: context.workspace, env: { ...npmQuiet, PATH: npm.path }, network: "none", readable: [dirname(dirname(npm.script))], timeoutSeconds: timeLimits.install };
  context.log(`npm rebuild ${allowed.join(" ")}`);
  const outcome = await context.run(command);
  if (succeeded(outcome)) return { ok: true };
  const lines = plainLines(outcome);
  const guilty = modules.find(({ spec }) => lines.some((line) => line.includes(`node_modules/${spec.packageName}`)));
  const told = commonProblem(command, outcome) ?? problem("step_failed", `a lifecycle script failed: ${lastLines(lines, 1)[0] ?? "no output"}`);
  return failed(guilty === undefined ? told : { ...told, module: guilty.slug }, lastLines(lines));
}

/** A catalog allows scripts of modules that this host need not have. */
async function installedAmong(workspace: string, names: readonly string[]): Promise<string[]> {
  const lockfile = await readLockfile(workspace);
  const paths = lockfile.ok && lockfile.value !== undefined ? [...lockfile.value.packages.keys()] : [];
  return names.filter((name) => paths.some((path) => path.endsWith(`node_modules/${name}`)));
}
