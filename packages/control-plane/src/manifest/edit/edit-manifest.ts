import { fail } from "../../errors/problem.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { addModuleSplices } from "./add-module.ts";
import { changeModuleSplices } from "./change-module.ts";
import { disableSplices, enabledIn, enableSplices } from "./default-enabled.ts";
import { findModule, kindWritten, readLayout, type Layout, type ModulePlace } from "./layout.ts";
import { removeModuleSplices } from "./remove-module.ts";
import { applySplices, readSource, type Source, type Splice } from "./source.ts";

/** One change of a manifest. Removing a module also takes it out of `default_enabled`. */
export type ManifestEdit =
  | { readonly kind: "add"; readonly spec: ModuleSpec; readonly enable?: boolean; readonly packageKind?: PackageKind }
  | { readonly kind: "change"; readonly spec: ModuleSpec }
  | { readonly kind: "remove"; readonly slug: string }
  | { readonly kind: "default_enabled"; readonly slugs: readonly string[] };

/**
 * Makes the edits one after the other, each by splicing: every byte that an edit does not concern stays, comments,
 * order, line ends and byte order mark included. The text must be TOML; whether the result is a valid manifest is for
 * `parseManifest` to say. Throws `MODULE_EXISTS`, `MODULE_NOT_IN_MANIFEST` and the text's syntax errors.
 */
export function editManifest(text: string, edits: readonly ManifestEdit[]): string {
  return edits.reduce(applyEdit, text);
}

/** Adds a module; `packageKind` is asked only when no other module and no registry source tells it. */
export function addModule(text: string, spec: ModuleSpec, options: { readonly enable?: boolean; readonly packageKind?: PackageKind } = {}): string {
  return editManifest(text, [{ kind: "add", spec, ...options }]);
}

/** Makes a module what `spec` says, writing only the keys that differ. */
export function changeModule(text: string, spec: ModuleSpec): string {
  return editManifest(text, [{ kind: "change", spec }]);
}

/** Removes a module, and its mention in `default_enabled`. */
export function removeModule(text: string, slug: string): string {
  return editManifest(text, [{ kind: "remove", slug }]);
}

/** Makes `default_enabled` list exactly these modules; those that stay keep their places, new ones follow. */
export function setDefaultEnabled(text: string, slugs: readonly string[]): string {
  return editManifest(text, [{ kind: "default_enabled", slugs }]);
}

function applyEdit(text: string, edit: ManifestEdit): string {
  const source = readSource(text);
  const layout = readLayout(source);
  switch (edit.kind) {
    case "add": {
      const { slug } = edit.spec;
      if (findModule(layout, slug) !== undefined) fail("MODULE_EXISTS", `The manifest has a module "${slug}" already.`, { module: slug });
      const kind = kindWritten(layout) ?? edit.packageKind ?? (edit.spec.source === "crates-io" ? "cargo" : "npm");
      const enabling = edit.enable === true && !enabledIn(layout).includes(slug) ? enableSplices(source, layout, slug) : [];
      return applySplices(source, [...addModuleSplices(source, layout, edit.spec, kind), ...enabling]);
    }
    case "change": {
      presentModule(layout, edit.spec.slug);
      return applySplices(source, changeModuleSplices(source, layout, edit.spec, kindWritten(layout, edit.spec.slug) ?? "npm"));
    }
    case "remove":
      return applySplices(source, removeSplices(source, layout, edit.slug));
    case "default_enabled":
      return listExactly(text, layout, edit.slugs);
  }
}

function removeSplices(source: Source, layout: Layout, slug: string): readonly Splice[] {
  return [...removeModuleSplices(source, presentModule(layout, slug)), ...disableSplices(source, layout, slug)];
}

function presentModule(layout: Layout, slug: string): ModulePlace {
  return findModule(layout, slug) ?? fail("MODULE_NOT_IN_MANIFEST", `The manifest has no module "${slug}".`, { module: slug });
}

function listExactly(text: string, layout: Layout, slugs: readonly string[]): string {
  const present = enabledIn(layout);
  const gone = present.filter((slug) => !slugs.includes(slug));
  const disabled = gone.reduce((current, slug) => respliced(current, (source, now) => disableSplices(source, now, slug)), text);
  return enable(disabled, [...new Set(slugs)].filter((slug) => !present.includes(slug)));
}

function enable(text: string, slugs: readonly string[]): string {
  return slugs.reduce((current, slug) => respliced(current, (source, layout) => (enabledIn(layout).includes(slug) ? [] : enableSplices(source, layout, slug))), text);
}

function respliced(text: string, make: (source: Source, layout: Layout) => readonly Splice[]): string {
  const source = readSource(text);
  return applySplices(source, make(source, readLayout(source)));
}
