import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { commonProblem, failed, lastLines, plainLines, succeeded } from "../shared/command-failure.ts";
import { timeLimits } from "../shared/time-limits.ts";
import { operatorHome } from "../shared/tool-environment.ts";
import { withoutPassword } from "../shared/without-password.ts";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { readLockfile } from "./lockfile.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmCacheDirectory, npmNetworkEnvironment } from "./npm-environment.ts";
import { npmProblem } from "./npm-errors.ts";
import { lendSettings } from "./operator-settings.ts";
import { explainDenied } from "./registry-denied.ts";
import { versionProblem } from "./registry-package.ts";

const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];

/** Runs npm with the registries within reach and every lifecycle script off. A failure is told with the module concerned. */
export async function runNpm(context: ToolchainContext, args: readonly [string, ...string[]], modules: readonly ModuleSpec[], network: Command["network"] = "registries"): Promise<StepOutcome> {
  const npm = await findNpm();
  const cache = npmCacheDirectory(context.cacheDirectory);
  await mkdir(cache, { recursive: true });
  const [subcommand, ...rest] = args;
  const command: Command = {
    argv: npmCommand(npm, [subcommand, ...quiet, ...rest]),
    cwd: context.workspace,
    env: { ...npmNetworkEnvironment(npm, context.cacheDirectory), PATH: npm.path, ...(await withoutPreparation(context.workspace, args)) },
    network,
    writable: [cache],
    readable: [dirname(dirname(npm.script)), ...context.pathRoots],
    timeoutSeconds: timeLimits.install,
  };
  const typed = withoutPassword(["npm", ...args].join(" "));
  context.log(typed);
  const outcome = await (network === "none" ? context.run(command) : runAsOperator(context, command));
  if (succeeded(outcome)) return { ok: true };
  const lines = plainLines(outcome).map(withoutPassword);
  const common = commonProblem({ ...command, argv: [typed] }, outcome);
  const told = common ?? (await explainDenied(npmProblem(lines, modules), { packageNames: modules.map(({ packageName }) => packageName), directory: context.workspace, cacheDirectory: context.cacheDirectory }));
  const spec = modules.find(({ slug }) => slug === told.module);
  if (told.code !== "version_not_found" || spec === undefined) return failed(told, lastLines(lines));
  return failed(await versionProblem(spec, { hostDirectory: context.workspace, pathRoots: context.pathRoots, cacheDirectory: context.cacheDirectory }), lastLines(lines));
}

/** With what the operator has to reach private sources: npm's settings, and the home in which git looks for its own. */
async function runAsOperator(context: ToolchainContext, command: Command): Promise<CommandOutcome> {
  const [settings, home] = [await lendSettings(context.cacheDirectory), operatorHome(context.cacheDirectory)];
  try {
    return await context.run({ ...command, env: { ...command.env, ...home.env, ...settings.env }, readable: [...(command.readable ?? []), ...home.readable, settings.directory] });
  } finally {
    await settings.remove();
  }
}

/**
 * npm prepares a git dependency by an install inside its checkout, which obeys that checkout's own settings even with
 * scripts off. What npm believes to be under preparation already, it leaves alone: a module arrives as it was committed.
 */
async function withoutPreparation(workspace: string, args: readonly string[]): Promise<Record<string, string>> {
  const lockfile = await readLockfile(workspace);
  const locked = lockfile.ok && lockfile.value !== undefined ? [...lockfile.value.packages.values()].map(({ resolved }) => resolved ?? "") : [];
  const requested = args.map((arg) => arg.slice(arg.indexOf("@", 1) + 1));
  return { _PACOTE_NO_PREPARE_: [...new Set([...locked, ...requested])].filter((address) => /^git[+:@]/.test(address)).join("\n") };
}
