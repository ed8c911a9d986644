import type { Command } from "commander";
import type { Change, Plan } from "../../composition/plan.ts";
import { readDescriptors } from "../../composition/descriptors-needed.ts";
import { planComposition } from "../../composition/plan-composition.ts";
import { withRefusals } from "../../composition/with-refusals.ts";
import type { Problem } from "../../errors/problem.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { changeOption, parseModuleArgument } from "../change-options.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { readLocalCatalogs } from "../local/catalogs.ts";
import { installedVersions, readForPlan } from "../local/descriptors.ts";
import { hostVersionOf, readLocalHost, type LocalHost } from "../local/host.ts";
import { planJson } from "../plan-json.ts";
import { printPlan } from "../print-plan.ts";

interface Options extends CommonOptions {
  readonly directory?: string;
  readonly install?: readonly string[];
  readonly uninstall?: readonly string[];
  readonly upgrade?: readonly string[];
  readonly cascade?: boolean;
  readonly enable?: boolean;
}

export function planCommand(program: Command, context: CliContext): void {
  const command = program
    .command("plan")
    .description("say what a change of the modules would do, and whether it may; nothing is changed")
    .argument("[path]", "the manifest, or its directory")
    .option("--directory <dir>", "where paths start")
    .addOption(changeOption("--install <slug[@version]...>", "modules to install"))
    .addOption(changeOption("--uninstall <slug...>", "modules to uninstall"))
    .addOption(changeOption("--upgrade <slug[@version]...>", "modules to upgrade"))
    .option("--cascade", "also uninstall what needs an uninstalled module")
    .option("--enable", "also enable installed modules by default");
  withJson(command).action(action(context, (path: string | undefined, options: Options) => plan(context, path, options)));
}

async function plan(context: CliContext, path: string | undefined, options: Options): Promise<ExitCode> {
  const local = await readLocalHost(context.cwd, options.directory, path);
  const planned = await planLocally(local, changeOf(options));
  if (options.json === true) printJson(context, planJson(planned));
  else printPlan(context.terminal.out, planned);
  return planned.blockers.length === 0 ? exitCodes.ok : exitCodes.refused;
}

/** Plans with what this disc knows: no network, nothing run. */
async function planLocally(local: LocalHost, change: Change): Promise<Plan> {
  const { manifest, manifestText, host } = local;
  const { catalogs, warnings } = await readLocalCatalogs(local);
  const refused: Problem[] = [];
  const descriptors = await readDescriptors({ manifest, change, catalogs }, async (spec) => {
    const reading = await readForPlan(local, spec);
    if (reading === undefined || !("code" in reading)) return reading;
    refused.push(reading);
    return undefined;
  });
  const hostVersion = await hostVersionOf(local);
  const planned = withRefusals(planComposition({
    manifest,
    manifestText,
    change,
    catalogs,
    descriptors,
    installedVersions: await installedVersions(local),
    ...(hostVersion === undefined ? {} : { hostVersion }),
    ...(host === undefined ? {} : { toolchain: host.toolchain }),
  }), refused);
  return { ...planned, warnings: [...planned.warnings, ...warnings] };
}

function changeOf({ install = [], uninstall = [], upgrade = [], cascade = false, enable = false }: Options): Change {
  const enabling = enable ? { enable } : {};
  return { install: install.map((text) => ({ ...parseModuleArgument(text), ...enabling })), uninstall, upgrade: upgrade.map(parseModuleArgument), cascade };
}
