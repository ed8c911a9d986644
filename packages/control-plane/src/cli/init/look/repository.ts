import { readdir, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { fail, problem, type Problem, type Result } from "../../../errors/problem.ts";
import type { Descriptor } from "../../../manifest/descriptor.ts";
import { parseCatalog } from "../../../manifest/parse-catalog.ts";
import { parseDescriptor } from "../../../manifest/parse-descriptor.ts";
import { parseHostDescriptor } from "../../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../../manifest/parse-manifest.ts";
import { namedFile, readTextFile } from "../../local/text-file.ts";
import type { CrateFound, Found, PackageFound } from "../found.ts";
import { type CargoFile, cargoFound, dependenciesIn, parseCargoFile } from "./cargo-file.ts";
import { lookAtGit } from "./git.ts";
import { inBatches } from "../../../processes/in-batches.ts";
import { parsePackageFile } from "./package-file.ts";
import { isSmallFile, readSmall } from "./read-small.ts";
import { solutionPaths } from "./tsconfig.ts";
import { walk } from "./walk.ts";

/** The value of a result; a problem is noted, and there is none. */
type Keep = <T>(result: Result<T>) => readonly T[];
type Descriptors = ReadonlyMap<string, Descriptor>;

/** Looks at a repository: reads its files, and runs nothing of it. Throws `directory_expected`. `name` is what people call it. */
export async function lookAt(directory: string, name: string): Promise<Found> {
  const rootFiles = await rootFilesOf(directory, name);
  const { paths, cutShort } = await walk(directory, (file) => file === "package.json" || file === "Cargo.toml" || file === "module.toml");
  const problems: Problem[] = cutShort ? [problem("look_cut_short", `${name} holds more files than were looked through`)] : [];
  const keep: Keep = (result) => {
    if (result.ok) return [result.value];
    problems.push(...result.problems.slice(0, 1));
    return [];
  };
  const descriptors: Descriptors = new Map(await readAll<readonly [string, Descriptor]>(directory, paths, "module.toml", keep, (text, path) => parsed(posix.dirname(path), parseDescriptor(text, path))));
  const packages = await readAll<PackageFound>(directory, paths, "package.json", keep, (text, path) => parsePackageFile(text, path, inDirectory(path)));
  const cargoFiles = new Map(await readAll<readonly [string, CargoFile]>(directory, paths, "Cargo.toml", keep, (text, path) => parsed(inDirectory(path), parseCargoFile(text, path))));
  const root = cargoFiles.get("");
  const text = await optional(directory, ".cargo/config.toml");
  return {
    git: await lookAtGit(directory),
    rootFiles,
    packages: packages.map((found) => ({ ...found, ...described(descriptors, found.directory) })),
    crates: (await inBatches([...cargoFiles], ([at, file]) => crateFound(directory, at, file, root?.workspace, descriptors))).flat(),
    ...(root === undefined ? {} : { cargo: cargoFound(root, text) }),
    ...(await referencesOf(directory, rootFiles, descriptors)),
    ...(await presentFiles(directory, rootFiles, keep)),
    problems,
  };
}

async function rootFilesOf(directory: string, name: string): Promise<readonly string[]> {
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => fail("directory_expected", `${name} cannot be looked at: ${error.code === "ENOENT" ? "it does not exist" : error.message}`, {}, error));
  if (!found.isDirectory()) fail("directory_expected", `${name} is a file, not a directory`);
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    return fail("directory_expected", `${name} cannot be looked at: ${(error as Error).message}`, {}, error);
  }
}

const inDirectory = (path: string): string => (posix.dirname(path) === "." ? "" : posix.dirname(path));

function parsed<T>(key: string, result: Result<T>): Result<readonly [string, T]> {
  return result.ok ? { ok: true, value: [key === "." ? "" : key, result.value] } : result;
}

/** Every file of one name, read and parsed; one that cannot be is a problem and no more. */
async function readAll<T>(directory: string, paths: readonly string[], name: string, keep: Keep, parse: (text: string, path: string) => Result<T>): Promise<T[]> {
  const results = await inBatches(paths.filter((path) => posix.basename(path) === name), async (path): Promise<Result<T>> => {
    const text = await readTextFile({ path: join(directory, path), name: path });
    if (text.ok) return parse(text.value, path);
    return { ok: false, problems: [problem("package_unreadable", text.problems[0]?.message ?? path, { location: { file: path } })] };
  });
  return results.flatMap(keep);
}

function described(descriptors: Descriptors, directory: string): { readonly descriptor?: Descriptor } {
  const descriptor = descriptors.get(directory);
  return descriptor === undefined ? {} : { descriptor };
}

/** None for a Cargo.toml that is only a workspace's. */
async function crateFound(root: string, directory: string, file: CargoFile, workspace: CargoFile["workspace"], descriptors: Descriptors): Promise<CrateFound[]> {
  const { package: written, bin } = file;
  if (written?.name === undefined) return [];
  const named = bin.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const found = written.autobins === false ? [] : await programsIn(join(root, directory), written.name);
  const version = typeof written.version === "object" ? workspace?.package.version : written.version;
  const edition = typeof written.edition === "object" ? workspace?.package.edition : written.edition;
  return [{
    directory,
    name: written.name,
    ...(version === undefined ? {} : { version }),
    ...(edition === undefined ? {} : { edition }),
    binaries: [...new Set([...named, ...found.filter(({ path }) => bin.every((own) => own.path !== path)).map(({ name }) => name)])],
    ...(written["default-run"] === undefined ? {} : { defaultRun: written["default-run"] }),
    dependencies: dependenciesIn(file, directory, workspace),
    moduleTypes: await moduleTypes(root, directory),
    ...described(descriptors, directory),
  }];
}

/** Programs that cargo finds by itself: `src/main.rs`, called as the package, and what lies in `src/bin`. */
async function programsIn(crate: string, packageName: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const isFile = (path: string): Promise<boolean> => stat(join(crate, path)).then((at) => at.isFile(), () => false);
  const beside = (await readdir(join(crate, "src/bin")).catch(() => [])).toSorted().map((entry) => (entry.endsWith(".rs") ? { name: entry.slice(0, -3), path: `src/bin/${entry}` } : { name: entry, path: `src/bin/${entry}/main.rs` }));
  const likely = [{ name: packageName, path: "src/main.rs" }, ...beside];
  const there = await Promise.all(likely.map(({ path }) => isFile(path)));
  return likely.filter((_, index) => there[index]);
}

async function moduleTypes(root: string, directory: string): Promise<readonly string[]> {
  const texts = await Promise.all(["src/lib.rs", "src/module.rs"].map((path) => optional(join(root, directory), path)));
  return texts.flatMap((text) => [...(text ?? "").matchAll(/^\s*impl\s+(?:[A-Za-z_]\w*::)*RusToKModule\s+for\s+([A-Za-z_]\w*)/gm)].map((match) => match[1] ?? ""));
}

function optional(directory: string, path: string): Promise<string | undefined> {
  return readSmall(join(directory, path));
}

async function referencesOf(directory: string, rootFiles: readonly string[], descriptors: Descriptors): Promise<Pick<Found, "references">> {
  for (const file of rootFiles.filter((name) => /^tsconfig.*\.json$/.test(name))) {
    const paths = solutionPaths((await optional(directory, file)) ?? "");
    if (paths?.every((path) => descriptors.has(path)) === true) return { references: file };
  }
  return {};
}

/** What the repository says as a host already. A file that is there and not valid is a problem, and stays as it is. */
async function presentFiles(directory: string, rootFiles: readonly string[], keep: Keep): Promise<Pick<Found, "host" | "manifest" | "catalogued">> {
  const read = async <T>(file: string, parse: (text: string, file: string) => Result<T>): Promise<T | undefined> => {
    if (!rootFiles.includes(file) || !(await isSmallFile(join(directory, file)))) return undefined;
    const text = await readTextFile(namedFile(directory, file));
    return keep(text.ok ? parse(text.value, file) : text)[0];
  };
  const host = await read("modyard.toml", parseHostDescriptor);
  const manifest = await read("modules.toml", parseManifest);
  const catalogued = (await read("marketplace.toml", parseCatalog))?.entries.map(({ spec }) => spec.slug) ?? [];
  return { catalogued, ...(host === undefined ? {} : { host }), ...(manifest === undefined ? {} : { manifest }) };
}

/** Exported for the closer look: packages by the directories that they stand in. */
export function packageAt(found: Found, directory: string): PackageFound | undefined {
  return found.packages.find((each) => each.directory === directory);
}
