import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { Manifest, ModuleSpec } from "./manifest.ts";

/**
 * Everything of a manifest that affects a build, as one JSON text: keys sorted, sets (features, dependencies, what is
 * enabled by default) sorted and without repetition, defaults filled in. Comments, order and white space are gone.
 */
export function canonicalManifest(manifest: Manifest): string {
  return canonicalJson({
    schema: manifest.schema,
    app: manifest.app,
    build: manifest.build,
    modules: manifest.modules.map((spec) => canonicalSpec(spec, manifest)).toSorted((a, b) => compare(a.slug, b.slug)),
    settings: { defaultEnabled: sortedSet(manifest.settings.defaultEnabled) },
  });
}

/** SHA-256 of the canonical manifest: 64 hexadecimal digits. */
export function manifestHash(manifest: Manifest): string {
  return createHash("sha256").update(canonicalManifest(manifest)).digest("hex");
}

function canonicalSpec(spec: ModuleSpec, manifest: Manifest) {
  const version = spec.source === "npm" || spec.source === "crates-io" ? { version: spec.version ?? "*" } : {};
  return { ...spec, ...version, kind: manifest.packageKind, features: sortedSet(spec.features), dependsOn: sortedSet(spec.dependsOn) };
}

function sortedSet(list: readonly string[]): readonly string[] {
  return [...new Set(list)].toSorted(compare);
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
