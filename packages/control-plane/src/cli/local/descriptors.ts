import { join } from "node:path";
import type { DescriptorReading } from "../../composition/plan.ts";
import type { Problem } from "../../errors/problem.ts";
import { isSameSpec } from "../../composition/spec.ts";
import { answerRange } from "../../composition/versions.ts";
import { DESCRIPTOR_FILES } from "../../manifest/descriptor-files.ts";
import type { Descriptor } from "../../manifest/descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { readDescriptor as readCrateDescriptor } from "../../toolchains/cargo/descriptor.ts";
import { readDescriptor as readPackageDescriptor } from "../../toolchains/npm/descriptor.ts";
import { resolveModulePath } from "../../toolchains/shared/module-path.ts";
import { crateVersion, lockedCrate, unpackedCrate } from "./crates.ts";
import { packageVersion, type LocalHost } from "./host.ts";
import { namedFile, readIfThere } from "./text-file.ts";

/**
 * Reads a module's descriptor from what is on this disc: its directory, the installed package below node_modules, or the
 * crate that cargo has unpacked.
 * Undefined when it is not there, cannot be read, or is there in another version than the spec wants.
 */
export async function readLocalDescriptor(local: LocalHost, spec: ModuleSpec): Promise<DescriptorReading | undefined> {
  const directory = await directoryOf(local, spec);
  if (directory === undefined) return undefined;
  const descriptor = await descriptorIn(directory);
  if (descriptor === undefined) return undefined;
  const resolvedVersion = await versionIn(local, directory);
  return { descriptor, verified: true, ...(resolvedVersion === undefined ? {} : { resolvedVersion }) };
}

/**
 * The same for a plan. Of a `path` module of a host it tells what a build would find, problems included: the tree is here, and nothing
 * has to be fetched for it. Undefined where only the control plane's operator can say whether a directory outside is allowed.
 */
export async function readForPlan(local: LocalHost, spec: ModuleSpec): Promise<DescriptorReading | Problem | undefined> {
  if (spec.source !== "path" || local.host === undefined) return readLocalDescriptor(local, spec);
  const readDescriptor = isCargoHost(local) ? readCrateDescriptor : readPackageDescriptor;
  const reading = await readDescriptor(spec, { hostDirectory: local.directory, pathRoots: pathRootsOf(local), cacheDirectory: "" });
  return "code" in reading && reading.code === "path_refused" ? undefined : reading;
}

function pathRootsOf({ host, directory }: LocalHost): readonly string[] {
  return (host?.pathRoots ?? []).map((root) => namedFile(directory, root).path);
}

/** What the first descriptor file of a directory says; undefined when there is none, or it is not valid. */
async function descriptorIn(directory: string): Promise<Descriptor | undefined> {
  for (const { name, parse } of DESCRIPTOR_FILES) {
    const text = await readIfThere(namedFile(directory, name));
    if (text === undefined) continue;
    const parsed = text.ok ? parse(text.value, join(directory, name)) : text;
    return parsed.ok ? parsed.value : undefined;
  }
  return undefined;
}

/** All descriptors of the manifest that can be read. */
export async function readManifestDescriptors(local: LocalHost): Promise<ReadonlyMap<string, DescriptorReading>> {
  const readings = await Promise.all(local.manifest.modules.map(async (spec) => [spec.slug, await readLocalDescriptor(local, spec)] as const));
  return new Map(readings.flatMap(([slug, reading]) => (reading === undefined ? [] : [[slug, reading] as const])));
}

/** Exact versions of the manifest's installed packages. */
export async function installedVersions(local: LocalHost): Promise<ReadonlyMap<string, string>> {
  const versions = await Promise.all(local.manifest.modules.map(async (spec) => {
    const locked = isCargoHost(local) ? await lockedCrate(local, spec) : undefined;
    const directory = locked === undefined ? await directoryOf(local, spec) : undefined;
    return [spec.slug, directory === undefined ? locked?.version : await versionIn(local, directory)] as const;
  }));
  return new Map(versions.flatMap(([slug, version]) => (version === undefined ? [] : [[slug, version] as const])));
}

async function directoryOf(local: LocalHost, spec: ModuleSpec): Promise<string | undefined> {
  if (spec.source === "path") {
    const found = await resolveModulePath(spec.path ?? "", local.directory, pathRootsOf(local));
    return found.ok ? found.value.directory : undefined;
  }
  if (!isCargoHost(local)) return installedDirectory(local, spec);
  const locked = await lockedCrate(local, spec);
  return locked === undefined ? undefined : unpackedCrate(locked);
}

function isCargoHost({ host, manifest }: LocalHost): boolean {
  return (host?.toolchain ?? manifest.packageKind) === "cargo";
}

function versionIn(local: LocalHost, directory: string): Promise<string | undefined> {
  return isCargoHost(local) ? crateVersion(local, directory) : packageVersion(directory);
}

/** The package below node_modules, if it is what the spec asks for: an upgrade must not read the version of before. */
async function installedDirectory(local: LocalHost, spec: ModuleSpec): Promise<string | undefined> {
  const directory = join(local.directory, "node_modules", spec.packageName);
  const version = await packageVersion(directory);
  if (version === undefined) return undefined;
  const current = local.manifest.modules.find((one) => one.slug === spec.slug);
  const fits = spec.source === "npm" ? answerRange(version, spec.version ?? "*") === "inside" : current !== undefined && isSameSpec(current, spec);
  return fits ? directory : undefined;
}
