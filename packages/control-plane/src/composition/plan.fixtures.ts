import { createHash } from "node:crypto";
import type { Catalog } from "../manifest/catalog.ts";
import type { Descriptor } from "../manifest/descriptor.ts";
import type { Manifest, ModuleSpec } from "../manifest/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import { noChange } from "./change.ts";
import type { Change, DescriptorReading, Plan } from "./plan.ts";
import { planCompositionWith, type ManifestTools, type PlanInput } from "./plan-composition.ts";

/** Short ways to write manifests, catalogs and descriptors in tests. */
export function npmSpec(slug: string, facts: Partial<ModuleSpec> = {}): ModuleSpec {
  const version = facts.source === undefined || facts.source === "npm" ? { version: "^1.0.0" } : {};
  return { slug, packageName: `@test/${slug}`, source: "npm", ...version, features: [], required: false, dependsOn: [], ...facts };
}

export function manifestOf(modules: readonly ModuleSpec[], defaultEnabled: readonly string[] = []): Manifest {
  const kind = modules.length === 0 ? {} : ({ packageKind: "npm" } as const);
  return { schema: 1, app: "test", ...kind, build: { profile: "release", deploymentProfile: "monolith" }, modules, settings: { defaultEnabled } };
}

export function catalogOf(...specs: readonly ModuleSpec[]): Catalog {
  return { schema: 1, entries: specs.map((spec) => ({ slug: spec.slug, name: spec.slug, description: "", tags: [], spec, allowScripts: false })) };
}

export function readingOf(slug: string, facts: Partial<Descriptor> = {}): DescriptorReading {
  const descriptor: Descriptor = {
    slug,
    name: slug,
    description: "",
    version: "1.0.0",
    kind: "optional",
    dependencies: {},
    conflicts: {},
    compat: {},
    packages: {},
    settings: [],
    migrations: { policy: "expand" },
    ...facts,
  };
  return { descriptor, verified: true };
}

export function readings(...list: readonly DescriptorReading[]): ReadonlyMap<string, DescriptorReading> {
  return new Map(list.map((reading) => [reading.descriptor.slug, reading]));
}

export function changeOf(facts: Partial<Change>): Change {
  return { ...noChange, ...facts };
}

/** Stands in for the manifest's own functions where a test is about the planner alone: the text is the value. */
export const valueTools: ManifestTools = {
  hash: (manifest) => createHash("sha256").update(canonicalJson({ ...manifest, modules: manifest.modules.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)) })).digest("hex"),
  edit: (_text, _before, after) => canonicalJson(after),
};

export function planOf(facts: Partial<Omit<PlanInput, "change">> & { readonly change?: Partial<Change> }): Plan {
  const manifest = facts.manifest ?? manifestOf([]);
  return planCompositionWith(valueTools, { manifestText: canonicalJson(manifest), manifest, catalogs: [], descriptors: new Map(), ...facts, change: changeOf(facts.change ?? {}) });
}

export const codes = (problems: Plan["blockers"]): string[] => problems.map((one) => one.code);
