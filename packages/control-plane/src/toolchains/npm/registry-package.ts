import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import * as semver from "semver";
import { z } from "zod";
import { problem, type Problem } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { halfMadeName } from "../../processes/half-made.ts";
import { readmeFiles, readReadme } from "../shared/descriptor-reading.ts";
import { runTool, type ToolOutcome } from "../shared/run-tool.ts";
import { readTarball } from "../shared/tarball.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import type { DescriptorSource } from "../toolchain.ts";
import { findInLock, readLockfile } from "./lockfile.ts";
import type { ModuleFiles } from "./module-files.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";
import { npmProblem } from "./npm-errors.ts";
import { explainDenied } from "./registry-denied.ts";

const packed = z.array(z.object({ name: z.string(), version: z.string(), integrity: z.string(), filename: z.string() })).min(1);
const kept = z.object({ moduleToml: z.string().optional(), packageJson: z.string().optional(), readme: z.string().optional(), place: z.string() });
const versionList = z.union([z.string().transform((version) => [version]), z.array(z.string())]);

const distTag = /^[A-Za-z][A-Za-z0-9._-]*$/;

/** What to ask npm for: `name@range`; undefined when the version is neither a range nor a tag (an address, say). */
export function registryRequest(spec: ModuleSpec): string | undefined {
  const version = spec.version ?? "latest";
  const plain = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-zA-Z0-9~][a-zA-Z0-9._~-]*$/.test(spec.packageName);
  return plain && (semver.validRange(version) !== null || distTag.test(version)) ? `${spec.packageName}@${version}` : undefined;
}

/** Reads a package of the registry by npm's own client and settings, without installing it. Kept by integrity. */
export async function fetchPackageFiles(spec: ModuleSpec, source: DescriptorSource): Promise<ModuleFiles | Problem> {
  const request = registryRequest(spec);
  if (request === undefined) return problem("version_not_found", `${spec.packageName}@${spec.version} is not a package name with a version range`);
  const locked = source.newest === true ? undefined : await lockedVersion(spec, source);
  // What the lockfile holds already needs no network, if it was read once before.
  const readBefore = locked === undefined ? undefined : await readKept(keptFile(source, locked.integrity));
  if (readBefore !== undefined) return readBefore;
  return locked === undefined ? fetchWithNpm(spec, request, source, ["--prefer-online", "--loglevel=http"]) : fetchWithNpm(spec, `${spec.packageName}@${locked.version}`, source);
}

/** What the lockfile has of a package, if the spec allows it: no newer version changes what the module is now. */
async function lockedVersion(spec: ModuleSpec, source: DescriptorSource): Promise<{ readonly version: string; readonly integrity: string } | undefined> {
  const lockfile = await readLockfile(source.hostDirectory);
  if (!lockfile.ok || lockfile.value === undefined) return undefined;
  const { version, integrity } = findInLock(lockfile.value.packages, "", spec.packageName)?.entry ?? {};
  return integrity !== undefined && version !== undefined && semver.satisfies(version, spec.version ?? "*", { includePrerelease: true }) ? { version, integrity } : undefined;
}

/** Without `--prefer-online` npm may answer from what it heard of the registry minutes ago. */
async function fetchWithNpm(spec: ModuleSpec, request: string, source: DescriptorSource, options: readonly string[] = []): Promise<ModuleFiles | Problem> {
  const directory = join(source.cacheDirectory, "npm", "packing", halfMadeName());
  await mkdir(directory, { recursive: true });
  try {
    const outcome = await npm(["pack", ...options, "--json", "--ignore-scripts", "--pack-destination", directory, "--", request], source);
    if (outcome.exitCode !== 0) return await explain(outcome, spec, source);
    if (source.newest === true && isStale(outcome) && semver.valid(spec.version) === null) return problem("registry_unreachable", `the registry does not answer, so the newest ${spec.packageName} is not known`);
    const [answer] = packed.parse(JSON.parse(outcome.stdout.toString()));
    if (answer === undefined) return problem("package_not_found", `npm found nothing for ${request}`);
    const files = await readTarball(join(directory, answer.filename), ["module.toml", "package.json", ...readmeFiles]);
    const result: ModuleFiles = { moduleToml: files.get("module.toml"), packageJson: files.get("package.json"), readme: await readReadme((name) => Promise.resolve(files.get(name))), place: `${answer.name}@${answer.version}` };
    await keep(keptFile(source, answer.integrity), result);
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** npm answers from what it heard earlier when the registry does not answer: good enough to install from, but not to learn what is new. */
function isStale({ stderr }: ToolOutcome): boolean {
  return /^npm http fetch GET .*\(cache stale\)$/m.test(stripVTControlCharacters(stderr));
}

async function npm(args: readonly string[], source: DescriptorSource): Promise<ToolOutcome> {
  const found = await findNpm();
  const env = { ...toolEnvironment(), ...npmNetworkEnvironment(found, source.cacheDirectory) };
  return runTool({ argv: npmCommand(found, args), cwd: source.hostDirectory, env, timeoutSeconds: 120 });
}

async function explain(outcome: ToolOutcome, spec: ModuleSpec, source: DescriptorSource): Promise<Problem> {
  if (outcome.exitCode === 124) return problem("registry_unreachable", `the registry did not answer in time when asked for ${spec.packageName}`);
  const told = await explainDenied(npmProblem(outcome.stderr.split("\n"), [spec]), { packageNames: [spec.packageName], directory: source.hostDirectory, cacheDirectory: source.cacheDirectory });
  if (told.code === "package_not_found") return problem("package_not_found", `the registry has no package ${spec.packageName}, or does not show it to this server`, { module: spec.slug });
  return told.code === "version_not_found" ? versionProblem(spec, source) : told;
}

/** The versions that the registry offers of a module's package, the newest first; none where it cannot be asked. */
export async function listVersions(spec: ModuleSpec, source: DescriptorSource): Promise<readonly string[]> {
  if (spec.source !== "npm") return [];
  const { exitCode, stdout } = await npm(["view", "--json", "--", spec.packageName, "versions"], source);
  const versions = exitCode === 0 ? (versionList.safeParse(JSON.parse(stdout.toString() || "null")).data ?? []) : [];
  return versions.toReversed();
}

/** Tells a version that is not there together with those that are. */
export async function versionProblem(spec: ModuleSpec, source: DescriptorSource): Promise<Problem> {
  const newest = (await listVersions(spec, source)).slice(0, 20);
  const offer = newest.length === 0 ? "" : ` The newest versions are ${newest.join(", ")}.`;
  const message = `${spec.packageName} has no version that satisfies ${spec.version ?? "latest"}`;
  return problem("version_not_found", message, { module: spec.slug, hint: `Choose one of the versions that the registry offers.${offer}`, details: { versions: newest } });
}

function keptFile(source: DescriptorSource, integrity: string): string {
  return join(source.cacheDirectory, "npm", "descriptors", `${createHash("sha256").update(integrity).digest("hex")}.json`);
}

async function readKept(file: string): Promise<ModuleFiles | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { moduleToml, packageJson, readme, place } = kept.parse(JSON.parse(text));
  return { moduleToml, packageJson, readme, place };
}

async function keep(file: string, files: ModuleFiles): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  const temporary = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(temporary, JSON.stringify(files));
  await rename(temporary, file);
}
