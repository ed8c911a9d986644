import { realpath } from "node:fs/promises";
import { dirname, posix } from "node:path";
import type { DescriptorReading } from "../../composition/plan.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { firstProblem, type ModuleWords, readDescriptorFiles, readReadme, toDescriptorReading } from "../shared/descriptor-reading.ts";
import { findFilesAt, pinRevision, type PinnedRevision, readFileAt } from "../shared/git-mirror.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { fileInside, type ModulePath, resolveModulePath } from "../shared/module-path.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import type { DescriptorSource } from "../toolchain.ts";
import { cargoManifestName } from "./cargo-manifest.ts";
import { fetchCrateWords } from "./registry-crate.ts";
import { readInheritingManifest } from "./workspace-root.ts";

/** Reads what a module says of itself. Problems name the module; path_*, git_*, package_* and version_* tell why it cannot be read. */
export async function readDescriptor(spec: ModuleSpec, source: DescriptorSource): Promise<DescriptorReading | Problem> {
  const words = await readWords(spec, source);
  return "code" in words ? { ...words, module: spec.slug } : toDescriptorReading(spec, words, { file: cargoManifestName, key: "crate", what: "a crate" });
}

function readWords(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleWords | Problem> {
  if (spec.source === "path") return readFromPath(spec, source);
  if (spec.source === "git") return readFromGit(spec, source);
  return fetchCrateWords(spec, source);
}

async function readFromPath(spec: ModuleSpec, { hostDirectory, pathRoots }: DescriptorSource): Promise<ModuleWords | Problem> {
  const found = await resolveModulePath(spec.path ?? "", hostDirectory, pathRoots);
  return found.ok ? readDirectory(found.value, hostDirectory) : firstProblem(found.problems);
}

/** Reads the module in a directory; what it inherits comes from a workspace inside the host. */
async function readDirectory({ directory, inHost }: ModulePath, hostDirectory: string): Promise<ModuleWords> {
  const host = await realpath(hostDirectory);
  const manifest = await (inHost === undefined ? readInheritingManifest("", (path) => readInside(directory, path)) : readInheritingManifest(inHost, (path) => readInside(host, path)));
  return { descriptors: await readDescriptorFiles((name) => readInside(directory, name)), manifest, readme: await readReadme((name) => readInside(directory, name)), place: inHost ?? directory };
}

async function readInside(directory: string, path: string): Promise<string | undefined> {
  const file = await fileInside(directory, path);
  return file === undefined ? undefined : readPlainFile(file);
}

async function readFromGit(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleWords | Problem> {
  const pinned = await pinRevision(spec.git ?? "", spec.rev ?? "HEAD", source.cacheDirectory, source);
  if (!pinned.ok) return firstProblem(pinned.problems);
  const read = (path: string): Promise<string | undefined> => readFileAt(pinned.value, path);
  const directory = await findCrate(pinned.value, spec.packageName);
  if (directory === undefined) return problem("descriptor_missing", `commit ${pinned.value.commit.slice(0, 12)} of ${withoutPassword(spec.git ?? "")} holds no crate ${spec.packageName}`, { hint: "Write the name of one of the repository's crates into the module's entry." });
  const place = `${spec.packageName}@${pinned.value.commit.slice(0, 12)}`;
  return { descriptors: await readDescriptorFiles((name) => read(posix.join(directory, name))), manifest: await readInheritingManifest(directory, read), readme: await readReadme((name) => read(posix.join(directory, name))), place };
}

/** As cargo does, by the crate's name anywhere in the repository, the top first. */
async function findCrate(pinned: PinnedRevision, name: string): Promise<string | undefined> {
  const escaped = name.replaceAll(/[^A-Za-z0-9_-]/g, ".");
  for (const path of await findFilesAt(pinned, cargoManifestName, `name[[:space:]]*=[[:space:]]*["']${escaped}["']`)) {
    const directory = dirname(path) === "." ? "" : dirname(path);
    if ((await readInheritingManifest(directory, (file) => readFileAt(pinned, file)))?.name === name) return directory;
  }
  return undefined;
}
