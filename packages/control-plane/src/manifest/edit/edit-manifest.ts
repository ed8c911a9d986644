import { fail } from "../../errors/problem.ts";
import { kindOf } from "../format-spec.ts";
import type { ModuleSpec, PackageKind } from "../manifest.ts";
import { addModuleSplices } from "./add-module.ts";
import { changeModuleSplices } from "./change-module.ts";
import { disableSplices, enabledIn, enableSplices } from "./default-enabled.ts";
import { firstKind, readLayout, type EntryPlace, type Layout } from "./layout.ts";
import { removeModuleSplices } from "./remove-module.ts";
import { applySplices, readSource, type Source, type Splice } from "./source.ts";

/**
 * One change of a manifest. Adding asks `packageKind` only when no other module and no registry source tells it; changing writes only the
 * keys that differ; removing also takes the module out of `default_enabled`; `default_enabled` lists exactly these: who stays keeps its place.
 */
export type ManifestEdit =
  | { readonly kind: "add"; readonly spec: ModuleSpec; readonly enable?: boolean; readonly packageKind?: PackageKind }
  | { readonly kind: "change"; readonly spec: ModuleSpec }
  | { readonly kind: "remove"; readonly slug: string }
  | { readonly kind: "default_enabled"; readonly slugs: readonly string[] };

/**
 * Makes the edits one after the other, each by splicing: every byte that an edit does not concern stays, comments,
 * order, line ends and byte order mark included. The text must be TOML; whether the result is a valid manifest is for
 * `parseManifest` to say. Throws `module_exists`, `module_not_in_manifest` and the text's syntax errors.
 */
export function editManifest(text: string, edits: readonly ManifestEdit[]): string {
  return inPasses(edits).reduce(applyPass, text);
}

/** Edits of one kind that touch different modules are made in one pass, so that many cost hardly more than one. */
function inPasses(edits: readonly ManifestEdit[]): readonly (readonly ManifestEdit[])[] {
  const passes: ManifestEdit[][] = [];
  let slugs = new Set<string>();
  for (const edit of edits) {
    const slug = edit.kind === "remove" ? edit.slug : edit.kind === "default_enabled" ? undefined : edit.spec.slug;
    const pass = passes.at(-1);
    if (pass === undefined || slug === undefined || pass[0]?.kind !== edit.kind || slugs.has(slug)) {
      passes.push([edit]);
      slugs = new Set();
    } else pass.push(edit);
    if (slug !== undefined) slugs.add(slug);
  }
  return passes;
}

function applyPass(text: string, pass: readonly ManifestEdit[]): string {
  const source = readSource(text);
  const layout = readLayout(source);
  const [first] = pass;
  if (first?.kind === "default_enabled") return listExactly(source, layout, first.slugs);
  return applySplices(source, [
    ...addAll(source, layout, pass.filter((edit) => edit.kind === "add")),
    ...pass.filter((edit) => edit.kind === "change").flatMap(({ spec }) => changeModuleSplices(source, presentModule(layout, spec.slug), spec)),
    ...removeAll(source, layout, new Set(pass.filter((edit) => edit.kind === "remove").map(({ slug }) => slug))),
  ]);
}

type AddEdit = Extract<ManifestEdit, { kind: "add" }>;

function addAll(source: Source, layout: Layout, edits: readonly AddEdit[]): readonly Splice[] {
  const [first] = edits;
  if (first === undefined) return [];
  for (const { spec } of edits) {
    if (layout.modules.entries.has(spec.slug)) fail("module_exists", `The manifest has a module "${spec.slug}" already.`, { module: spec.slug });
  }
  const kind = firstKind(layout) ?? first.packageKind ?? kindOf(first.spec);
  const enabled = edits.filter(({ enable }) => enable === true).map(({ spec }) => spec.slug);
  return [...addModuleSplices(source, layout, edits.map(({ spec }) => spec), kind), ...enableSplices(source, layout, enabled)];
}

function removeAll(source: Source, layout: Layout, slugs: ReadonlySet<string>): readonly Splice[] {
  for (const slug of slugs) presentModule(layout, slug);
  return slugs.size === 0 ? [] : [...removeModuleSplices(source, layout, slugs), ...disableSplices(source, layout, slugs)];
}

function presentModule(layout: Layout, slug: string): EntryPlace {
  return layout.modules.entries.get(slug) ?? fail("module_not_in_manifest", `The manifest has no module "${slug}".`, { module: slug });
}

function listExactly(source: Source, layout: Layout, slugs: readonly string[]): string {
  const wanted = new Set(slugs);
  const gone = new Set(enabledIn(layout).filter((slug) => !wanted.has(slug)));
  if (gone.size === 0) return applySplices(source, enableSplices(source, layout, slugs));
  const disabled = readSource(applySplices(source, disableSplices(source, layout, gone)));
  return applySplices(disabled, enableSplices(disabled, readLayout(disabled), slugs));
}
