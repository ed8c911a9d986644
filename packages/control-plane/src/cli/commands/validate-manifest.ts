import type { Command } from "commander";
import { basename } from "node:path";
import type { Problem, Result } from "../../errors/problem.ts";
import { manifestHash } from "../../manifest/canonical.ts";
import { DESCRIPTOR_FILES } from "../../manifest/descriptor-files.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { parseCatalog } from "../../manifest/parse-catalog.ts";
import { parseHostDescriptor } from "../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../manifest/parse-manifest.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { findManifest } from "../local/host.ts";
import { sourcesOf } from "../local/sources.ts";
import { readTextFile, type NamedFile } from "../local/text-file.ts";
import { printProblems } from "../print-problems.ts";
import { problemJson } from "../problem-json.ts";

interface Options extends CommonOptions {
  readonly directory?: string;
}

/** What is known of one file after its validation. */
interface Validation {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Only of a valid `modules.toml`. */
  readonly manifest?: Manifest;
}

export function validateManifestCommand(program: Command, context: CliContext): void {
  const command = program
    .command("validate-manifest")
    .description("check modules.toml and say everything that is wrong with it; marketplace.toml, module.toml and modyard.toml too, by their names")
    .argument("[path...]", "files, or directories with a modules.toml (default: modules.toml here)")
    .option("--directory <dir>", "where paths start");
  withJson(command).action(action(context, (paths: readonly string[], options: Options) => validate(context, paths, options)));
}

async function validate(context: CliContext, paths: readonly string[], options: Options): Promise<ExitCode> {
  const files = await Promise.all((paths.length === 0 ? [undefined] : paths).map((path) => findManifest(context.cwd, options.directory, path)));
  const validations = await Promise.all(files.map(validateFile));
  if (options.json === true) printJson(context, validations.map(validationJson));
  else for (const validation of validations) printValidation(context, validation);
  return validations.every(({ problems }) => problems.length === 0) ? exitCodes.ok : exitCodes.failed;
}

async function validateFile(file: NamedFile): Promise<Validation> {
  const text = await readTextFile(file);
  if (!text.ok) return { file: file.name, problems: text.problems };
  const other = otherFiles[basename(file.path)];
  if (other !== undefined) return { file: file.name, problems: problemsOf(other(text.value, file.name)) };
  const parsed = parseManifest(text.value, file.name);
  return { file: file.name, problems: problemsOf(parsed), ...(parsed.ok ? { manifest: parsed.value } : {}) };
}

/** Files with names of their own; every other file is read as a manifest. */
const otherFiles: Readonly<Record<string, (text: string, file: string) => Result<unknown>>> = {
  "marketplace.toml": parseCatalog,
  ...Object.fromEntries(DESCRIPTOR_FILES.map(({ name, parse }) => [name, parse])),
  "modyard.toml": parseHostDescriptor,
};

function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

function validationJson({ file, problems, manifest }: Validation): unknown {
  const errors = problems.map((problem) => {
    const { line, column, path, code, message, hint } = problemJson(problem);
    return { line, column, path, code, message, hint };
  });
  return {
    file,
    ok: errors.length === 0,
    errors,
    manifest_hash: manifest === undefined ? null : manifestHash(manifest),
    modules: manifest === undefined ? null : manifest.modules.map((spec) => spec.slug),
  };
}

function printValidation(context: CliContext, { file, problems, manifest }: Validation): void {
  const { out, err } = context.terminal;
  printProblems(err, problems, "error", sourcesOf(problems, context.cwd));
  if (problems.length > 0) return err.line(`${err.colors.red("✗")} ${file}: ${counted(problems.length, "error")}`);
  const known = manifest === undefined ? "" : ` ${out.colors.dim(`(${counted(manifest.modules.length, "module")}, ${manifestHash(manifest).slice(0, 12)})`)}`;
  out.line(`${out.colors.green("✓")} ${file} is valid${known}`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
