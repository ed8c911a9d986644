import { Option, type Command } from "commander";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkGenerated } from "../../codegen/check-generated.ts";
import { generateIn, languageOf, type RegistryLanguage } from "../../codegen/generate-registry.ts";
import { pascalCase } from "../../codegen/identifiers.ts";
import { registryInput } from "../../codegen/registry-input.ts";
import type { SourceFile } from "../../codegen/source-file.ts";
import type { RegistryPlace } from "../../codegen/template.ts";
import { fail, problem, type Problem } from "../../errors/problem.ts";
import { PRESETS } from "../../manifest/presets.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { fetchedLater, importNames } from "../local/crates.ts";
import { readManifestDescriptors } from "../local/descriptors.ts";
import { readLocalHost, type LocalHost } from "../local/host.ts";
import { sourcesOf } from "../local/sources.ts";
import { namedFile } from "../local/text-file.ts";
import { printProblems } from "../print-problems.ts";
import { problemJson } from "../problem-json.ts";

interface Options extends CommonOptions {
  readonly directory?: string;
  readonly language?: RegistryLanguage;
  readonly stdout?: boolean;
  readonly output?: string;
  readonly check?: boolean;
}

export function generateRegistryCommand(program: Command, context: CliContext): void {
  const command = program
    .command("generate-registry")
    .description("write the registry code that modules.toml asks for")
    .argument("[path]", "the manifest, or its directory")
    .option("--directory <dir>", "where paths start")
    .addOption(new Option("--language <language>", "instead of the host's own").choices(["typescript", "rust"]))
    .addOption(new Option("--stdout", "print the registry instead of writing it").conflicts(["output", "check", "json"]))
    .option("--output <file>", "write the registry to this file only")
    .option("--check", "write nothing; fail when a file is out of date");
  withJson(command).action(action(context, (path: string | undefined, options: Options) => generate(context, path, options)));
}

async function generate(context: CliContext, path: string | undefined, options: Options): Promise<ExitCode> {
  const local = await readLocalHost(context.cwd, options.directory, path);
  const files = await filesOf(context, local, options);
  const warnings = (await fetchedLater(local)).map(typeUnknown);
  if (options.json !== true) printProblems(context.terminal.err, warnings, "warning");
  if (options.stdout === true) return printFirst(context, files);
  return options.check === true ? check(context, files, warnings, options) : write(context, files, warnings, options);
}

/** The build, which reads the descriptor, may register another type. */
function typeUnknown(slug: string): Problem {
  const message = `The descriptor of \`${slug}\` is not on this machine: its type is taken to be ${pascalCase(slug)}Module`;
  return problem("descriptor_unverified", message, { module: slug, hint: "Run `cargo fetch` in the host, then this again." });
}

/** The generated files, their paths relative to the present directory. */
async function filesOf(context: CliContext, local: LocalHost, options: Options): Promise<readonly SourceFile[]> {
  const language = options.language ?? languageOf(local.host?.toolchain ?? local.manifest.packageKind ?? "npm");
  const input = registryInput(local.manifest, await readManifestDescriptors(local), await importNames(local));
  if (options.output !== undefined) return generateIn(language, input, { output: options.output });
  const place = placeOf(local, language) ?? (options.stdout === true ? { output: "" } : noPlace(local));
  return generateIn(language, input, place).map((file) => ({ ...file, path: namedFile(context.cwd, local.directoryName, file.path).name }));
}

/** Where the usual layouts have the file: for a manifest without a modyard.toml. */
const usualPlaces: Readonly<Record<RegistryLanguage, RegistryPlace>> = { typescript: PRESETS["npm-workspaces"].registry, rust: PRESETS.cargo.registry };

/** Where the host wants the files; nowhere when they are in another language than the host's. */
function placeOf({ host }: LocalHost, language: RegistryLanguage): RegistryPlace | undefined {
  if (host === undefined) return usualPlaces[language];
  return languageOf(host.toolchain) === language ? host.registry : undefined;
}

function noPlace({ file }: LocalHost): never {
  return fail("output_unknown", `The host of ${file.name} is of another language, so nothing says where this registry belongs`);
}

function printFirst({ terminal: { out } }: CliContext, files: readonly SourceFile[]): ExitCode {
  out.line(files[0]?.text.replace(/\n$/, ""));
  return exitCodes.ok;
}

async function readGenerated(context: CliContext, files: readonly SourceFile[]): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(files.map(async ({ path }) => [path, await readFile(resolve(context.cwd, path), "utf8").catch(() => undefined)] as const));
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

async function check(context: CliContext, files: readonly SourceFile[], warnings: readonly Problem[], options: Options): Promise<ExitCode> {
  const texts = await readGenerated(context, files);
  const problems = checkGenerated(files, (path) => texts.get(path));
  if (options.json === true) printJson(context, { ok: problems.length === 0, files: files.map((file) => file.path), errors: problems.map(problemJson), warnings: warnings.map(problemJson) });
  else if (problems.length === 0) context.terminal.out.line(`${context.terminal.out.colors.green("✓")} ${files.map((file) => file.path).join(" and ")}: up to date`);
  else printProblems(context.terminal.err, problems, "error", sourcesOf(problems, context.cwd));
  return problems.length === 0 ? exitCodes.ok : exitCodes.failed;
}

/** Writes what differs: an unchanged file keeps its time, so that compilers do not start again. */
async function write(context: CliContext, files: readonly SourceFile[], warnings: readonly Problem[], options: Options): Promise<ExitCode> {
  const texts = await readGenerated(context, files);
  const results = files.map((file) => ({ file: file.path, changed: texts.get(file.path) !== file.text }));
  for (const file of files.filter(({ path, text }) => texts.get(path) !== text)) await writeText(resolve(context.cwd, file.path), file);
  if (options.json === true) printJson(context, { ok: true, files: results, warnings: warnings.map(problemJson) });
  else for (const { file, changed } of results) context.terminal.out.line(`${context.terminal.out.colors.green("✓")} ${file} ${changed ? "written" : "is up to date"}`);
  return exitCodes.ok;
}

async function writeText(path: string, file: SourceFile): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.text);
  } catch (error) {
    fail("file_unwritable", `${file.path} cannot be written: ${(error as Error).message}`, { location: { file: file.path } }, error);
  }
}
