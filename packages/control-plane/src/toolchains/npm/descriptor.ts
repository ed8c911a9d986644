import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DescriptorReading } from "../../composition/plan.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import type { Descriptor } from "../../manifest/descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { parseDescriptor } from "../../manifest/parse-descriptor.ts";
import { pinRevision, readFileAt } from "../shared/git-mirror.ts";
import { fileInside, resolveModulePath } from "../shared/module-path.ts";
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
    return file === undefined ? undefined : readFile(file, "utf8").catch(() => undefined);
  };
  return { moduleToml: await read("module.toml"), packageJson: await read("package.json"), place: found.value.inHost ?? found.value.directory };
}

async function readFromGit(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleFiles | Problem> {
  const pinned = await pinRevision(spec.git ?? "", spec.rev ?? "HEAD", source.cacheDirectory);
  if (!pinned.ok) return firstProblem(pinned.problems);
  const read = (name: string): Promise<string | undefined> => readFileAt(pinned.value, name);
  return { moduleToml: await read("module.toml"), packageJson: await read("package.json"), place: `${spec.packageName}@${pinned.value.commit.slice(0, 12)}` };
}

function toReading(spec: ModuleSpec, files: ModuleFiles): DescriptorReading | Problem {
  const at = { module: spec.slug, location: { file: join(files.place, files.moduleToml === undefined ? "package.json" : "module.toml") } };
  const manifest = files.packageJson === undefined ? undefined : parsePackageJson(files.packageJson);
  if (manifest === undefined) return problem("descriptor_missing", `${files.place} has no valid package.json`, { ...at, hint: "Point the module's entry at the directory of an npm package." });
  if (manifest.name !== spec.packageName) {
    const hint = `Write package = ${JSON.stringify(manifest.name ?? "")} in the manifest, or correct the name in package.json.`;
    return problem("descriptor_mismatch", `the manifest calls module ${spec.slug}'s package ${spec.packageName}, its package.json says ${manifest.name ?? "nothing"}`, { ...at, hint });
  }
  const resolved = manifest.version === undefined ? {} : { resolvedVersion: manifest.version };
  if (files.moduleToml === undefined) return { descriptor: withoutModuleToml(spec, manifest), verified: true, ...resolved };
  const parsed = parseDescriptor(files.moduleToml, at.location.file);
  if (!parsed.ok) return { ...firstProblem(parsed.problems), module: spec.slug, ...(parsed.problems.length > 1 ? { details: { problems: parsed.problems } } : {}) };
  if (parsed.value.slug !== spec.slug) return problem("descriptor_mismatch", `the manifest calls the module ${spec.slug}, its module.toml says ${parsed.value.slug}`, at);
  return { descriptor: parsed.value, verified: true, ...resolved };
}

/** A package without module.toml can be a module too: one without dependencies, conflicts and settings. */
function withoutModuleToml(spec: ModuleSpec, { name = spec.slug, version = "0.0.0", description = "" }: { name?: string | undefined; version?: string | undefined; description?: string | undefined }): Descriptor {
  return { slug: spec.slug, name, description, version, kind: "optional", dependencies: {}, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" } };
}

function firstProblem(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem("descriptor_missing", "the module cannot be read");
}
