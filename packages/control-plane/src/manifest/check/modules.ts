import { BUILD_SURFACES } from "../schema/manifest.ts";
import type { TomlDocument } from "../toml/document.ts";
import { formatPath, type KeyPath } from "../toml/key-path.ts";
import { describe } from "./shape.ts";
import type { Report } from "./report.ts";
import { checkList, checkSlug, checkSpec, isTable } from "./spec.ts";

/** A comment `# ... etc` says that a manifest is an excerpt, as in documentation; then it may enable modules that it leaves out. */
const EXCERPT = /^[ \t]*#[ \t]*(?:\.\.\.|…)/m;

/** Rules between the parts of a manifest that no schema states: slugs, sources, kinds, references. */
export function checkModules(document: TomlDocument, report: Report): void {
  const manifest = document.value;
  const modules = isTable(manifest["modules"]) ? manifest["modules"] : {};
  const slugs = new Set(Object.keys(modules));
  for (const slug of slugs) {
    const path = ["modules", slug];
    const spec = modules[slug];
    checkSlug(slug, path, report);
    if (!isTable(spec)) continue;
    checkSpec(spec, path, report);
    checkDependencies(spec, slugs, path, report);
    checkList(spec["features"], undefined, [...path, "features"], report);
  }
  checkOneKind(modules, report);
  const known = EXCERPT.test(document.text) ? undefined : slugs;
  if (isTable(manifest["settings"])) checkList(manifest["settings"]["default_enabled"], known, ["settings", "default_enabled"], report);
}

/** The slugs that a module needs, under either of the two names that the key has had. */
function checkDependencies(spec: Readonly<Record<string, unknown>>, slugs: ReadonlySet<string>, path: KeyPath, report: Report): void {
  for (const key of ["depends_on", "dependencies"]) checkList(spec[key], slugs, [...path, key], report);
  if ("depends_on" in spec && "dependencies" in spec) {
    report.add("duplicate_entry", [...path, "dependencies"], "`dependencies` is an older word for `depends_on`, and both are written.", { hint: "Keep `depends_on`, with all the slugs.", at: "key" });
  }
}

/** Cargo and npm modules cannot be built into one program. The kind that stands first is taken for the one that was meant. */
function checkOneKind(modules: Readonly<Record<string, unknown>>, report: Report): void {
  let first: { readonly key: string; readonly slug: string } | undefined;
  for (const [slug, spec] of Object.entries(modules)) {
    if (!isTable(spec) || "crate" in spec === "package" in spec) continue;
    const key = "crate" in spec ? "crate" : "package";
    first ??= { key, slug };
    if (key === first.key) continue;
    report.add("package_kind_mixed", ["modules", slug, key], `\`${slug}\` names a ${key}, but \`${first.slug}\` a ${first.key}.`, { at: "key" });
  }
}

/** What schema 2 added; in a schema 1 file it would be silently without meaning for older readers. */
export function checkSchemaTwoKeys(manifest: Readonly<Record<string, unknown>>, report: Report): void {
  const build = isTable(manifest["build"]) ? manifest["build"] : {};
  for (const name of BUILD_SURFACES) if (name in build) checkPlainData(build[name], ["build", name], report);
  if (manifest["schema"] !== 1) return;
  const paths: KeyPath[] = BUILD_SURFACES.filter((name) => name in build).map((name) => ["build", name]);
  const modules = isTable(manifest["modules"]) ? manifest["modules"] : {};
  for (const [slug, spec] of Object.entries(modules)) if (isTable(spec) && "runtime" in spec) paths.push(["modules", slug, "runtime"]);
  for (const path of paths) report.add("unknown_key", path, `\`${formatPath(path)}\` belongs to schema 2.`, { hint: "Write `schema = 2`, or remove the key.", at: "key" });
}

/** Free tables are saved and hashed as JSON, which has no dates and no infinities. */
function checkPlainData(value: unknown, path: KeyPath, report: Report): void {
  if (typeof value === "symbol" || typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) {
    report.add("wrong_type", path, `\`${formatPath(path)}\` is ${describe(value)}.`, { hint: "Write a string, a finite number, true or false, an array or a table." });
  } else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) checkPlainData(element, [...path, index], report);
  } else if (isTable(value)) {
    for (const [key, element] of Object.entries(value)) checkPlainData(element, [...path, key], report);
  }
}
