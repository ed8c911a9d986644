// What validating, planning and generating cost as a manifest grows: `node bench/manifest.ts`. CPU time, the best of several runs in one process.
import { generateRegistry } from "../packages/control-plane/src/codegen/generate-registry.ts";
import { noChange } from "../packages/control-plane/src/composition/change.ts";
import type { Change, DescriptorReading } from "../packages/control-plane/src/composition/plan.ts";
import { planComposition } from "../packages/control-plane/src/composition/plan-composition.ts";
import { parseManifest } from "../packages/control-plane/src/manifest/parse-manifest.ts";
import { manifestHash } from "../packages/control-plane/src/manifest/canonical.ts";
import { editManifest } from "../packages/control-plane/src/manifest/edit/edit-manifest.ts";
import { unwrap } from "../packages/control-plane/src/errors/problem.ts";
import type { ModuleSpec } from "../packages/control-plane/src/manifest/manifest.ts";

/** One stage to measure. What `prepare` does before it hands on the stage itself is not measured. */
interface Stage {
  readonly name: string;
  readonly prepare: (text: string) => () => unknown;
}

const added: ModuleSpec = { slug: "added", packageName: "@acme/added", source: "npm", version: "^1.0.0", features: [], required: false, dependsOn: [] };

const stages: readonly Stage[] = [
  { name: "validate", prepare: (text) => () => unwrap(parseManifest(text, "modules.toml")) },
  { name: "validate + hash", prepare: (text) => () => manifestHash(unwrap(parseManifest(text, "modules.toml"))) },
  { name: "add a module", prepare: (text) => () => editManifest(text, [{ kind: "add", spec: added, enable: true }]) },
  { name: "validate, every module wrong", prepare: (text) => () => parseManifest(text.replaceAll("version", "versoin"), "modules.toml") },
  { name: "plan an install", prepare: (text) => preparePlan(text, { ...noChange, install: [{ slug: "added", spec: added }] }) },
  { name: "plan an uninstall", prepare: (text) => preparePlan(text, { ...noChange, uninstall: [`module-${unwrap(parseManifest(text, "modules.toml")).modules.length - 1}`] }) },
  {
    name: "generate",
    prepare: (text) => {
      const manifest = unwrap(parseManifest(text, "modules.toml"));
      return () => generateRegistry(manifest, { toolchain: "npm", registry: { output: "generated.ts", references: "tsconfig.modules.json" } });
    },
  },
];

/** Every module has a descriptor that states the same dependencies as its manifest line, with ranges to check. */
function preparePlan(text: string, change: Change): () => unknown {
  const manifest = unwrap(parseManifest(text, "modules.toml"));
  const descriptors = new Map([...manifest.modules, added].map((spec) => [spec.slug, describe(spec)] as const));
  return () => planComposition({ manifestText: text, manifest, change, catalogs: [], descriptors, hostVersion: "1.0.0" });
}

function describe(spec: ModuleSpec): DescriptorReading {
  const dependencies = Object.fromEntries(spec.dependsOn.map((slug) => [slug, "^1.0.0"]));
  const version = (spec.version ?? "1.0.0").replace("^", "");
  return {
    verified: true,
    descriptor: { slug: spec.slug, name: spec.slug, description: "", version, kind: "optional", dependencies, conflicts: {}, compat: { server: ">=0.1" }, packages: {}, settings: [], migrations: { policy: "expand" } },
  };
}

function manifestText(modules: number): string {
  const slugs = Array.from({ length: modules }, (_, index) => `module-${index}`);
  const lines = slugs.map((slug, index) => {
    const dependsOn = index === 0 ? "" : `, depends_on = ["module-${Math.floor(index / 2)}"]`;
    return `${slug} = { package = "@acme/${slug}", source = "npm", version = "^1.${index}.0", features = ["comments"]${dependsOn} }`;
  });
  return `schema = 1\napp = "host"\n\n[modules]\n${lines.join("\n")}\n\n[settings]\ndefault_enabled = ["module-0"]\n`;
}

/** CPU milliseconds: of the first run in this process, and of the best of all. */
function measure(run: () => unknown, runs: number): { readonly first: number; readonly best: number } {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return { first: times[0] ?? 0, best: Math.min(...times) };
}

console.log(`${"stage".padEnd(30)}${"modules".padStart(8)}${"first ms".padStart(12)}${"best ms".padStart(12)}${"µs/module".padStart(12)}`);
for (const { name, prepare } of stages) {
  for (const modules of [10, 1000, 10_000]) {
    const text = manifestText(modules);
    const { first, best } = measure(prepare(text), modules === 10_000 ? 3 : 10);
    console.log(`${name.padEnd(30)}${String(modules).padStart(8)}${first.toFixed(1).padStart(12)}${best.toFixed(1).padStart(12)}${((best * 1000) / modules).toFixed(1).padStart(12)}`);
  }
}
