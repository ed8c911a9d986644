import type { Command } from "commander";
import { dependenciesOf, graphOf } from "../../composition/dependencies.ts";
import { dependencyOrder } from "../../composition/order.ts";
import type { DescriptorReading } from "../../composition/plan.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { readManifestDescriptors } from "../local/descriptors.ts";
import { readLocalHost } from "../local/host.ts";
import { printModules, type ListedModule } from "../print-modules.ts";

interface Options extends CommonOptions {
  readonly directory?: string;
}

export function listModulesCommand(program: Command, context: CliContext): void {
  const command = program
    .command("list-modules")
    .description("list the modules of the manifest, each after what it needs")
    .argument("[path]", "the manifest, or its directory")
    .option("--directory <dir>", "where paths start");
  withJson(command).action(action(context, (path: string | undefined, options: Options) => list(context, path, options)));
}

async function list(context: CliContext, path: string | undefined, options: Options): Promise<ExitCode> {
  const local = await readLocalHost(context.cwd, options.directory, path);
  const descriptors = await readManifestDescriptors(local);
  const specs = new Map(local.manifest.modules.map((spec) => [spec.slug, spec]));
  const enabled = new Set(local.manifest.settings.defaultEnabled);
  const rows = dependencyOrder(graphOf(specs, descriptors)).order.flatMap((slug) => {
    const spec = specs.get(slug);
    return spec === undefined ? [] : [moduleJson(spec, descriptors.get(slug), enabled.has(slug))];
  });
  if (options.json === true) printJson(context, rows);
  else if (rows.length === 0) context.terminal.out.line("The manifest has no modules.");
  else printModules(context.terminal.out, rows);
  return exitCodes.ok;
}

/** A module of the manifest in the interface's form; null is what the manifest does not say. */
function moduleJson(spec: ModuleSpec, reading: DescriptorReading | undefined, isEnabled: boolean): ListedModule & { readonly required: boolean } {
  return {
    slug: spec.slug,
    package: spec.packageName,
    source: spec.source,
    version: spec.version ?? null,
    git: spec.git ?? null,
    rev: spec.rev ?? null,
    path: spec.path ?? null,
    features: spec.features,
    required: spec.required,
    kind: spec.required || reading?.descriptor.kind === "core" ? "core" : "optional",
    runtime: spec.runtime ?? null,
    depends_on: dependenciesOf(spec, reading),
    default_enabled: isEnabled,
  };
}
