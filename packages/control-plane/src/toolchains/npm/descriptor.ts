import type { DescriptorReading } from "../../composition/plan.ts";
import type { Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { firstProblem, readReadme, toDescriptorReading } from "../shared/descriptor-reading.ts";
import { pinRevision, readFileAt } from "../shared/git-mirror.ts";
import { fileInside, resolveModulePath } from "../shared/module-path.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import type { DescriptorSource } from "../toolchain.ts";
import type { ModuleFiles } from "./module-files.ts";
import { parsePackageJson } from "./package-json.ts";
import { fetchPackageFiles } from "./registry-package.ts";

/** Reads what a module says of itself. Problems name the module; PATH_*, GIT_*, PACKAGE_* and VERSION_* tell why it cannot be read. */
export async function readDescriptor(spec: ModuleSpec, source: DescriptorSource): Promise<DescriptorReading | Problem> {
  const files = await readModuleFiles(spec, source);
  return "code" in files ? { ...files, module: spec.slug } : toReading(spec, files);
}

function readModuleFiles(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleFiles | Problem> {
  if (spec.source === "path") return readFromPath(spec, source);
  if (spec.source === "git") return readFromGit(spec, source);
  return fetchPackageFiles(spec, source);
}

async function readFromPath(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleFiles | Problem> {
  const found = await resolveModulePath(spec.path ?? "", source.hostDirectory, source.pathRoots);
  if (!found.ok) return firstProblem(found.problems);
  const read = async (name: string): Promise<string | undefined> => {
    const file = await fileInside(found.value.directory, name);
    return file === undefined ? undefined : readPlainFile(file);
  };
  return { moduleToml: await read("module.toml"), packageJson: await read("package.json"), readme: await readReadme(read), place: found.value.inHost ?? found.value.directory };
}

async function readFromGit(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleFiles | Problem> {
  const pinned = await pinRevision(spec.git ?? "", spec.rev ?? "HEAD", source.cacheDirectory, source);
  if (!pinned.ok) return firstProblem(pinned.problems);
  const read = (name: string): Promise<string | undefined> => readFileAt(pinned.value, name);
  return { moduleToml: await read("module.toml"), packageJson: await read("package.json"), readme: await readReadme(read), place: `${spec.packageName}@${pinned.value.commit.slice(0, 12)}` };
}

function toReading(spec: ModuleSpec, { moduleToml, packageJson, readme, place }: ModuleFiles): DescriptorReading | Problem {
  const own = packageJson === undefined ? undefined : parsePackageJson(packageJson);
  return toDescriptorReading(spec, { descriptors: new Map(moduleToml === undefined ? [] : [["module.toml", moduleToml]]), manifest: own === undefined ? undefined : { ...own, licence: own.license }, readme, place }, { file: "package.json", key: "package", what: "an npm package" });
}
