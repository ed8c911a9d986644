import type { Catalog } from "../manifest/catalog.ts";
import type { Descriptor } from "../manifest/descriptor.ts";
import { formatSpec } from "../manifest/format-spec.ts";
import type { Manifest, ModuleSpec } from "../manifest/manifest.ts";
import { noChange } from "./change.ts";
import type { Change, DescriptorReading, Plan } from "./plan.ts";
import { planComposition, type PlanInput } from "./plan-composition.ts";

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

/** A manifest's text as a person would write it: one line per module. */
export function textOf(manifest: Manifest): string {
  const lines = manifest.modules.map((spec) => `${spec.slug} = ${formatSpec(spec, manifest.packageKind)}\n`);
  return `schema = 1\napp = "test"\n\n[modules]\n${lines.join("")}\n[settings]\ndefault_enabled = ${JSON.stringify(manifest.settings.defaultEnabled)}\n`;
}

export function planOf(facts: Partial<Omit<PlanInput, "change">> & { readonly change?: Partial<Change> }): Plan {
  const manifest = facts.manifest ?? manifestOf([]);
  return planComposition({ manifestText: textOf(manifest), manifest, catalogs: [], descriptors: new Map(), ...facts, change: changeOf(facts.change ?? {}) });
}

export const codes = (problems: Plan["blockers"]): string[] => problems.map((one) => one.code);
