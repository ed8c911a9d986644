import { problem, type Problem } from "../../errors/problem.ts";
import { DESCRIPTOR_FILES } from "../../manifest/descriptor-files.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { toSemverRange } from "../../manifest/version-range.ts";
import { type ModuleWords, readmeFiles, readReadme } from "../shared/descriptor-reading.ts";
import { readTarball } from "../shared/tarball.ts";
import type { DescriptorSource } from "../toolchain.ts";
import { cargoHomeOf } from "./cargo-home.ts";
import { cargoManifestName, parseCargoManifest } from "./cargo-manifest.ts";
import { type CrateId, findCrateFile } from "./crate-file.ts";
import { fetchCrate } from "./crate-info.ts";
import { type IndexedVersion, newestAllowed, readCrateIndex } from "./crate-index.ts";
import { lockedRelease } from "./locked-module.ts";
import { readLockfile } from "./lockfile.ts";
import { localRegistries } from "./operator-config.ts";

const crateName = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/**
 * Reads a crate of the registry by cargo's own client and settings, without compiling or running anything. What is locked and
 * downloaded already needs neither cargo nor a network. Problems: package_not_found, version_not_found, registry_unreachable.
 */
export async function fetchCrateWords(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleWords | Problem> {
  if (!crateName.test(spec.packageName)) return problem("package_not_found", `${spec.packageName} is no name of a crate`);
  if (toSemverRange(spec.version ?? "*", "cargo") === undefined) return problem("version_not_found", `${JSON.stringify(spec.version)} is not a version requirement`);
  const locked = source.newest === true ? undefined : await lockedCrate(spec, source);
  return locked === undefined ? readNewest(spec, source) : readExactly(locked, source);
}

async function lockedCrate(spec: ModuleSpec, { hostDirectory }: DescriptorSource): Promise<CrateId | undefined> {
  const lockfile = await readLockfile(hostDirectory);
  const found = lockfile.ok && lockfile.value !== undefined ? lockedRelease(lockfile.value, spec) : undefined;
  return found === undefined ? undefined : { name: found.name, version: found.version, checksum: found.checksum };
}

async function readNewest(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleWords | Problem> {
  const refused = await fetchCrate(spec.packageName, source);
  const known = await readCrateIndex(cargoHomeOf(source.cacheDirectory), spec.packageName, await localRegistries());
  const chosen = newestAllowed(known, spec.version ?? "*");
  if (refused !== undefined) return ["registry_unreachable", "registry_denied"].includes(refused.code) && source.newest !== true ? readHeard(chosen, refused, spec, source) : refused;
  return chosen === undefined ? versionProblem(spec, known) : readExactly({ name: spec.packageName, ...chosen }, source);
}

/** When the registry does not answer, what cargo heard of it earlier is good enough, but not to learn what is new. */
async function readHeard(chosen: IndexedVersion | undefined, refused: Problem, spec: ModuleSpec, source: DescriptorSource): Promise<ModuleWords | Problem> {
  return (chosen === undefined ? undefined : await readDownloaded({ name: spec.packageName, ...chosen }, source)) ?? refused;
}

async function readExactly(crate: CrateId, source: DescriptorSource): Promise<ModuleWords | Problem> {
  const there = await readDownloaded(crate, source);
  if (there !== undefined) return there;
  const request = `${crate.name}@${crate.version}`;
  const refused = await fetchCrate(request, source);
  if (refused !== undefined) return refused.code === "package_not_found" ? noLongerOffered(crate) : refused;
  return (await readDownloaded(crate, source)) ?? problem("integrity_mismatch", `the registry's ${request} has not the checksum ${crate.checksum ?? ""}`);
}

/** What was locked is in no index any more that cargo looks new versions up in. A build that has it locked still gets it. */
function noLongerOffered({ name, version }: CrateId): Problem {
  return problem("version_not_found", `the lockfile has ${name} ${version}, which the registry does not offer any more (yanked?)`, { hint: "Upgrade the module to a version that the registry offers." });
}

async function readDownloaded(crate: CrateId, { cacheDirectory }: DescriptorSource): Promise<ModuleWords | undefined> {
  const file = await findCrateFile(cargoHomeOf(cacheDirectory), crate, await localRegistries());
  if (file === undefined) return undefined;
  const files = await readTarball(file, [...DESCRIPTOR_FILES.map(({ name }) => name), cargoManifestName, ...readmeFiles]);
  const text = files.get(cargoManifestName);
  return { descriptors: files, manifest: text === undefined ? undefined : parseCargoManifest(text), readme: await readReadme((name) => Promise.resolve(files.get(name))), place: `${crate.name}@${crate.version}` };
}

/** The versions that the registry offers of a module's crate, the newest first; none where it cannot be asked. */
export async function listVersions(spec: ModuleSpec, source: DescriptorSource): Promise<readonly string[]> {
  if (spec.source !== "crates-io" || !crateName.test(spec.packageName)) return [];
  await fetchCrate(spec.packageName, source);
  const known = await readCrateIndex(cargoHomeOf(source.cacheDirectory), spec.packageName, await localRegistries());
  return known.filter(({ yanked }) => !yanked).map(({ version }) => version);
}

/** Tells a version that is not there together with those that are. */
function versionProblem(spec: ModuleSpec, known: readonly IndexedVersion[]): Problem {
  const newest = known.filter(({ yanked }) => !yanked).map(({ version }) => version).slice(0, 20);
  const offer = newest.length === 0 ? "" : ` The newest versions are ${newest.join(", ")}.`;
  return problem("version_not_found", `${spec.packageName} has no version that satisfies ${spec.version ?? "*"}`, { module: spec.slug, hint: `Choose one of the versions that the registry offers.${offer}`, details: { versions: newest } });
}
