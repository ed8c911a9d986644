import type { Result } from "../errors/problem.ts";
import { checkModules, checkSchemaTwoKeys } from "./check/modules.ts";
import { reportOn } from "./check/report.ts";
import { checkShape } from "./check/shape.ts";
import type { Manifest, PackageKind } from "./manifest.ts";
import { BUILD_SURFACES, manifestSchema, type WrittenManifest } from "./schema/manifest.ts";
import { toSpec, writtenKind } from "./spec-values.ts";
import { readToml } from "./toml/document.ts";

/**
 * Reads `modules.toml`: the manifest, or everything that is wrong with it, in the order of the file.
 * `file` is only for the messages.
 */
export function parseManifest(text: string, file: string): Result<Manifest> {
  const document = readToml(text, file);
  if (!document.ok) return document;
  const report = reportOn(document.value);
  const written = checkShape(manifestSchema, document.value, report);
  checkModules(document.value, report);
  checkSchemaTwoKeys(document.value.value, report);
  return report.result(() => toManifest(written as WrittenManifest));
}

function toManifest(written: WrittenManifest): Manifest {
  const modules = Object.entries(written.modules);
  const packageKind = modules.map(([, spec]) => writtenKind(spec)).find((kind) => kind !== undefined);
  return {
    schema: written.schema,
    app: written.app,
    ...(packageKind === undefined ? {} : { packageKind: packageKind satisfies PackageKind }),
    build: toBuild(written.build ?? {}),
    modules: modules.map(([slug, spec]) => toSpec(slug, spec)),
    settings: { defaultEnabled: written.settings?.default_enabled ?? [] },
  };
}

function toBuild(build: NonNullable<WrittenManifest["build"]>): Manifest["build"] {
  const surfaces = BUILD_SURFACES.filter((name) => build[name] !== undefined).map((name) => [name, build[name]] as const);
  return {
    ...(build.target === undefined ? {} : { target: build.target }),
    profile: build.profile ?? "release",
    deploymentProfile: build.deployment_profile ?? "monolith",
    ...(surfaces.length === 0 ? {} : { surfaces: Object.fromEntries(surfaces) }),
  };
}
