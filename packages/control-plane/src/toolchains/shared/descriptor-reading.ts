import { join } from "node:path";
import type { DescriptorReading, ModuleAbout } from "../../composition/plan.ts";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import type { Descriptor } from "../../manifest/descriptor.ts";
import { DESCRIPTOR_FILES, type DescriptorFile } from "../../manifest/descriptor-files.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";


/** What a package says of itself in the package manager's own file. */
export interface PackageWords {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly licence?: string | undefined;
  readonly homepage?: string | undefined;
}

/** A module as it was read; nothing of it runs. */
export interface ModuleWords {
  /** Text of its descriptor files (`DESCRIPTOR_FILES`) by their names, of those that are there. */
  readonly descriptors: ReadonlyMap<string, string>;
  /** Undefined when the package manager's file is missing or not valid. */
  readonly manifest: PackageWords | undefined;
  /** Text of its readme, where there is one. */
  readonly readme?: string | undefined;
  /** What problems call the place, e.g. `modules/forum` or `@acme/forum@1.2.0`. */
  readonly place: string;
}

/** What package managers call things: the file, the key of the manifest, the thing itself. */
export interface PackageTerms {
  readonly file: "package.json" | "Cargo.toml";
  readonly key: "package" | "crate";
  readonly what: string;
}

/** Checks a module's words against the spec. Problems: descriptor_missing, descriptor_mismatch, and what is wrong with the descriptor. */
export function toDescriptorReading(spec: ModuleSpec, { descriptors, manifest, place, readme }: ModuleWords, terms: PackageTerms): DescriptorReading | Problem {
  const written = DESCRIPTOR_FILES.find(({ name }) => descriptors.has(name));
  const at = { module: spec.slug, location: { file: join(place, written?.name ?? terms.file) } };
  if (manifest === undefined) return problem("descriptor_missing", `${place} has no valid ${terms.file}`, { ...at, hint: `Point the module's entry at the directory of ${terms.what}.` });
  if (manifest.name !== spec.packageName) {
    const hint = `Write ${terms.key} = ${JSON.stringify(manifest.name ?? "")} in the manifest, or correct the name in ${terms.file}.`;
    return problem("descriptor_mismatch", `the manifest calls module ${spec.slug}'s ${terms.key} ${spec.packageName}, its ${terms.file} says ${manifest.name ?? "nothing"}`, { ...at, hint, ...(manifest.name !== undefined && { details: { packageName: manifest.name } }) });
  }
  const resolved = manifest.version === undefined ? {} : { resolvedVersion: manifest.version };
  const parsed = written === undefined ? withoutDescriptor(spec, manifest) : parseWritten(written, descriptors, at.location.file);
  if (!parsed.ok) return { ...firstProblem(parsed.problems), module: spec.slug, ...(parsed.problems.length > 1 ? { details: { problems: parsed.problems } } : {}) };
  if (parsed.value.slug !== spec.slug) return problem("descriptor_mismatch", `the manifest calls the module ${spec.slug}, its ${written?.name} says ${parsed.value.slug}`, { ...at, details: { slug: parsed.value.slug } });
  return { descriptor: parsed.value, verified: true, described: written !== undefined, ...resolved, about: aboutOf(manifest, readme) };
}

/** Longer ones are for another place than a page about modules. */
const readmeCharacters = 100_000;

function aboutOf({ licence, homepage }: PackageWords, readme: string | undefined): ModuleAbout {
  return { ...(readme !== undefined && { readme: readme.slice(0, readmeCharacters) }), ...(licence !== undefined && { licence }), ...(homepage !== undefined && { homepage }) };
}

function parseWritten({ name, parse }: DescriptorFile, descriptors: ReadonlyMap<string, string>, file: string): Result<Descriptor> {
  return parse(descriptors.get(name) ?? "", file);
}

/** Reads the descriptor files that are there with `read`, which gives undefined for a file that is not. */
export async function readDescriptorFiles(read: (name: string) => Promise<string | undefined>): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(DESCRIPTOR_FILES.map(async ({ name }) => [name, await read(name)] as const));
  return new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
}

/** Names of a readme, the most usual first. */
export const readmeFiles = ["README.md", "readme.md", "Readme.md", "README"] as const;

/** The first readme that `read` has. */
export async function readReadme(read: (name: string) => Promise<string | undefined>): Promise<string | undefined> {
  for (const name of readmeFiles) {
    const text = await read(name);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The first of several problems, for answers that hold one. */
export function firstProblem(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem("descriptor_missing", "the module cannot be read");
}

/** A package without a descriptor file can be a module too: one without dependencies, conflicts and settings. */
function withoutDescriptor(spec: ModuleSpec, { name = spec.slug, version = "0.0.0", description = "" }: PackageWords): Result<Descriptor> {
  return { ok: true, value: { slug: spec.slug, name, description, version, kind: "optional", dependencies: {}, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" } } };
}
