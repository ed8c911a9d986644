import { writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { fail, problem, type Problem, type Result } from "../../errors/problem.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import { type CargoDependency, type CargoManifest, cargoManifestName, parseCargoManifest, readCargoManifest } from "./cargo-manifest.ts";
import { cargoSyntaxProblem } from "./cargo-source.ts";
import type { Declaration } from "./declarations.ts";
import { type DependencyKeys, removeDependency, setDependency } from "./edit-dependencies.ts";
import { removeFromFeatures } from "./edit-features.ts";
import { findLocked, findLockedDependency, type LockedPackage, type Lockfile } from "./lockfile.ts";

/** The Cargo.toml that takes the modules as dependencies. */
export interface ServerManifest {
  /** Relative to the host, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly manifest: CargoManifest & { readonly name: string };
  /** What the workspace's root offers to inherit. */
  readonly inherited: ReadonlyMap<string, CargoDependency>;
}

/** Reads the server's Cargo.toml. Problem: cargo_manifest_invalid. */
export async function readServerManifest(workspace: string, host: HostDescriptor): Promise<Result<ServerManifest>> {
  const directory = serverDirectory(host);
  const file = posix.join(directory, cargoManifestName);
  const text = await readPlainFile(join(workspace, file));
  const manifest = text === undefined ? undefined : parseCargoManifest(text);
  const name = manifest?.name;
  if (text === undefined || manifest === undefined || name === undefined) return { ok: false, problems: [noPackage(file, text)] };
  const root = directory === "" ? manifest : await readCargoManifest(workspace);
  return { ok: true, value: { file, text, manifest: { ...manifest, name }, inherited: root?.workspace?.dependencies ?? new Map() } };
}

function noPackage(file: string, text: string | undefined): Problem {
  const broken = text === undefined ? undefined : cargoSyntaxProblem(text, file);
  if (broken !== undefined) return broken;
  const what = text === undefined ? `There is no ${file}` : `${file} is not the Cargo.toml of a package`;
  return problem("cargo_manifest_invalid", `${what}, which should take the modules as dependencies`, { location: { file }, hint: "Correct the file, or the directory of the server in modyard.toml." });
}

/**
 * The text of the server's Cargo.toml with exactly these modules declared; the same text where it says so already.
 * Throws toml_syntax and, where another crate has a module's name, dependency_conflict.
 */
export function declareIn(server: ServerManifest, declarations: readonly Declaration[], removed: readonly ModuleSpec[], lockfile: Lockfile | undefined): string {
  const wanted = new Set(declarations.map(({ spec }) => spec.packageName));
  const without = removed.filter(({ packageName }) => !wanted.has(packageName)).reduce((text, { packageName }) => {
    const present = entryOf(server, packageName);
    return present === undefined ? text : removeFromFeatures(removeDependency(text, present.key), present.key);
  }, server.text);
  return declarations.reduce((text, declaration) => declareOne(server, text, declaration, lockfile), without);
}

function declareOne(server: ServerManifest, text: string, { spec, keysFor }: Declaration, lockfile: Lockfile | undefined): string {
  const present = entryOf(server, spec.packageName);
  const key = present?.key ?? spec.packageName;
  const taken = present === undefined ? server.manifest.dependencies.get(key) : undefined;
  if (taken !== undefined) fail("dependency_conflict", `${server.file} has another crate by the name of ${key}: ${taken.packageName}`, { module: spec.slug, location: { file: server.file }, hint: `Give that dependency another name; ${key} is the crate of the module ${spec.slug}.` });
  const inherited = server.inherited.get(key);
  const means = inherited?.packageName === spec.packageName ? inherited : undefined;
  const keys = keysFor(present, means, lockfile === undefined ? undefined : lockedFor(server, spec, lockfile));
  return setDependency(text, key, present?.optional === true ? switchedOn(server, spec, key, keys) : keys);
}

/** An installed module is there: what a feature could leave away becomes a dependency for good, unless such a feature is on by default. */
function switchedOn({ file, manifest }: ServerManifest, { slug }: ModuleSpec, key: string, keys: DependencyKeys): DependencyKeys {
  if (isOnByDefault(manifest.features, key)) return keys;
  const features = [...manifest.features].filter(([, parts]) => parts.some((part) => part === `dep:${key}` || part === key || part.startsWith(`${key}?/`))).map(([name]) => name);
  if (features.length === 0) return new Map([...keys, ["optional", false]]);
  const [first = key] = features;
  return fail("cargo_manifest_invalid", `${file} has ${key} only with the feature ${features.join(" or ")}, which is off, so the module would not be there`, {
    module: slug,
    location: { file },
    hint: `Add ${JSON.stringify(first)} to the feature \`default\`, or take \`optional = true\` and what features say of ${key} out of ${file}.`,
  });
}

/** Whether the features that are on unless somebody says otherwise bring an optional dependency along. */
function isOnByDefault(features: CargoManifest["features"], key: string): boolean {
  const on = new Set(["default"]);
  for (const name of on) for (const part of features.get(name) ?? []) on.add(part);
  return on.has(`dep:${key}`) || on.has(key) || [...on].some((part) => part.startsWith(`${key}/`));
}

/** The package that the lockfile has for a module as a dependency of the server. */
export function lockedFor({ manifest }: ServerManifest, { packageName }: ModuleSpec, lockfile: Lockfile): LockedPackage | undefined {
  const server = findLocked(lockfile, manifest.name, ({ source }) => source === undefined);
  return server === undefined ? undefined : findLockedDependency(lockfile, server, packageName);
}

/** What the server's code calls a module's crate where its Cargo.toml gives it another name (`forum = { package = "x-forum" }`); undefined where it does not. */
export function importNameOf(server: ServerManifest, { packageName }: ModuleSpec): string | undefined {
  const key = entryOf(server, packageName)?.key;
  return key === packageName ? undefined : key;
}

/** Writes the server's Cargo.toml, where it changed. */
export async function writeServerManifest(workspace: string, { file, text }: ServerManifest, changed: string): Promise<void> {
  if (changed !== text) await writeFile(join(workspace, file), changed);
}

/** A crate's entry: under its own name, or else the first that gives it another. Those for tests and single targets do not count. */
function entryOf({ manifest: { dependencies }, inherited }: ServerManifest, packageName: string): CargoDependency | undefined {
  const crateOf = (entry: CargoDependency): string => (entry.workspace ? (inherited.get(entry.key)?.packageName ?? entry.packageName) : entry.packageName);
  const own = dependencies.get(packageName);
  if (own !== undefined && crateOf(own) === packageName) return own;
  return [...dependencies.values()].find((entry) => crateOf(entry) === packageName);
}
