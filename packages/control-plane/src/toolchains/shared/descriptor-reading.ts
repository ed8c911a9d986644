import { join } from "node:path";
import type { DescriptorReading } from "../../composition/plan.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import type { Descriptor } from "../../manifest/descriptor.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { parseDescriptor } from "../../manifest/parse-descriptor.ts";

/** What a package says of itself in the package manager's own file. */
export interface PackageWords {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
}

/** A module as it was read; nothing of it runs. */
export interface ModuleWords {
  /** Text of its `module.toml`. */
  readonly moduleToml: string | undefined;
  /** Undefined when the package manager's file is missing or not valid. */
  readonly manifest: PackageWords | undefined;
  /** What problems call the place, e.g. `modules/forum` or `@acme/forum@1.2.0`. */
  readonly place: string;
}

/** What package managers call things: the file, the key of the manifest, the thing itself. */
export interface PackageTerms {
  readonly file: "package.json" | "Cargo.toml";
  readonly key: "package" | "crate";
  readonly what: string;
}

/** Checks a module's words against the spec. Problems: descriptor_missing, descriptor_mismatch, and what is wrong with module.toml. */
export function toDescriptorReading(spec: ModuleSpec, { moduleToml, manifest, place }: ModuleWords, terms: PackageTerms): DescriptorReading | Problem {
  const at = { module: spec.slug, location: { file: join(place, moduleToml === undefined ? terms.file : "module.toml") } };
  if (manifest === undefined) return problem("descriptor_missing", `${place} has no valid ${terms.file}`, { ...at, hint: `Point the module's entry at the directory of ${terms.what}.` });
  if (manifest.name !== spec.packageName) {
    const hint = `Write ${terms.key} = ${JSON.stringify(manifest.name ?? "")} in the manifest, or correct the name in ${terms.file}.`;
    return problem("descriptor_mismatch", `the manifest calls module ${spec.slug}'s ${terms.key} ${spec.packageName}, its ${terms.file} says ${manifest.name ?? "nothing"}`, { ...at, hint });
  }
  const resolved = manifest.version === undefined ? {} : { resolvedVersion: manifest.version };
  if (moduleToml === undefined) return { descriptor: withoutModuleToml(spec, manifest), verified: true, ...resolved };
  const parsed = parseDescriptor(moduleToml, at.location.file);
  if (!parsed.ok) return { ...firstProblem(parsed.problems), module: spec.slug, ...(parsed.problems.length > 1 ? { details: { problems: parsed.problems } } : {}) };
  if (parsed.value.slug !== spec.slug) return problem("descriptor_mismatch", `the manifest calls the module ${spec.slug}, its module.toml says ${parsed.value.slug}`, at);
  return { descriptor: parsed.value, verified: true, ...resolved };
}

/** The first of several problems, for answers that hold one. */
export function firstProblem(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem("descriptor_missing", "the module cannot be read");
}

/** A package without module.toml can be a module too: one without dependencies, conflicts and settings. */
function withoutModuleToml(spec: ModuleSpec, { name = spec.slug, version = "0.0.0", description = "" }: PackageWords): Descriptor {
  return { slug: spec.slug, name, description, version, kind: "optional", dependencies: {}, conflicts: {}, compat: {}, packages: {}, settings: [], migrations: { policy: "expand" } };
}
