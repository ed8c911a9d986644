import { fail } from "../../errors/problem.ts";
import type { Manifest, ModuleSpec } from "../manifest.ts";
import type { ManifestEdit } from "./edit-manifest.ts";

/** What `editManifest` does to the text, done to the values: parsing the edited text gives this manifest. */
export function applyEdits(manifest: Manifest, edits: readonly ManifestEdit[]): Manifest {
  return edits.reduce(applyEdit, manifest);
}

function applyEdit(manifest: Manifest, edit: ManifestEdit): Manifest {
  const { modules, settings } = manifest;
  switch (edit.kind) {
    case "add": {
      if (modules.some(({ slug }) => slug === edit.spec.slug)) fail("module_exists", `The manifest has a module "${edit.spec.slug}" already.`, { module: edit.spec.slug });
      const listed = edit.enable === true ? [...new Set([...settings.defaultEnabled, edit.spec.slug])] : settings.defaultEnabled;
      const kind = manifest.packageKind ?? edit.packageKind ?? (edit.spec.source === "crates-io" ? "cargo" : "npm");
      return { ...manifest, packageKind: kind, modules: [...modules, edit.spec], settings: { defaultEnabled: listed } };
    }
    case "change":
      mustHave(modules, edit.spec.slug);
      return { ...manifest, modules: modules.map((spec) => (spec.slug === edit.spec.slug ? edit.spec : spec)) };
    case "remove":
      mustHave(modules, edit.slug);
      return withModules(manifest, modules.filter(({ slug }) => slug !== edit.slug), settings.defaultEnabled.filter((slug) => slug !== edit.slug));
    case "default_enabled": {
      const kept = settings.defaultEnabled.filter((slug) => edit.slugs.includes(slug));
      return { ...manifest, settings: { defaultEnabled: [...new Set([...kept, ...edit.slugs])] } };
    }
  }
}

/** Without modules a manifest has no kind of package either. */
function withModules(manifest: Manifest, modules: readonly ModuleSpec[], defaultEnabled: readonly string[]): Manifest {
  const { packageKind, ...rest } = manifest;
  return { ...rest, ...(packageKind === undefined || modules.length === 0 ? {} : { packageKind }), modules, settings: { defaultEnabled } };
}

function mustHave(modules: readonly ModuleSpec[], slug: string): void {
  if (!modules.some((spec) => spec.slug === slug)) fail("module_not_in_manifest", `The manifest has no module "${slug}".`, { module: slug });
}
