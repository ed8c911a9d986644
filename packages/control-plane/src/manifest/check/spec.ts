import type { KeyPath } from "../toml/key-path.ts";
import { SLUG } from "../schema/values.ts";
import { sourceRule } from "../source-rules.ts";
import { quote } from "./rule.ts";
import type { Report } from "./report.ts";

/** Whether this is a TOML table. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A table's slug, reported where it is none. */
export function checkSlug(slug: string, path: KeyPath, report: Report): void {
  if (SLUG.test(slug)) return;
  const near = slug.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "-").replace(/^[^a-z]+/, "");
  const hint = SLUG.test(near) ? `Write \`${near}\`.` : undefined;
  report.add("invalid_slug", path, `Not a slug: ${quote(slug)}.`, { at: "key", ...(hint === undefined ? {} : { hint }) });
}

/** Rules between the keys of one spec, told whatever else is wrong with it. `mayState` lifts a source's refusals. */
export function checkSpec(spec: Readonly<Record<string, unknown>>, path: KeyPath, report: Report, mayState: readonly string[] = []): void {
  checkPackageKey(spec, path, report);
  const rule = sourceRule(spec["source"]);
  if (rule === undefined) return;
  for (const key of rule.needs) {
    if (!(key in spec)) report.add("missing_key", [...path, key], `The key \`${key}\` is missing: source = ${quote(String(spec["source"]))} needs it.`, { hint: `Add \`${key} = "${EXAMPLES[key]}"\`.`, at: "key" });
  }
  for (const key of rule.refuses) {
    if (key in spec && !mayState.includes(key)) report.add("key_not_for_source", [...path, key], `\`${key}\` means nothing for source = ${quote(String(spec["source"]))}.`, { at: "key" });
  }
}

const EXAMPLES = { git: "https://host/path.git", rev: "v1.0.0", path: "modules/…" } as const;

function checkPackageKey(spec: Readonly<Record<string, unknown>>, path: KeyPath, report: Report): void {
  const wanted = sourceRule(spec["source"])?.kinds ?? ["npm", "cargo"];
  const words = wanted.length > 1 ? "`package` (npm) or `crate` (cargo)" : wanted[0] === "npm" ? "`package`" : "`crate`";
  const [hasCrate, hasPackage] = ["crate" in spec, "package" in spec];
  if (hasCrate && hasPackage) {
    report.add("package_kind_mixed", [...path, "crate"], "A module has `crate` and `package`.", { at: "key", hint: `Keep exactly one: ${words}.` });
  } else if (!hasCrate && !hasPackage) {
    report.add("missing_key", path, `The module names no ${words}.`, { at: "key", hint: `Add ${words}.` });
  } else if (!wanted.includes(hasCrate ? "cargo" : "npm")) {
    const key = hasCrate ? "crate" : "package";
    report.add("package_kind_mixed", [...path, key], `source = ${quote(String(spec["source"]))} has no \`${key}\`.`, { at: "key", hint: `Write ${words} instead, or choose another source.` });
  }
}

/** Each entry of a list stands there once, and names one of `known` where that is given. */
export function checkList(list: unknown, known: ReadonlySet<string> | undefined, path: KeyPath, report: Report): void {
  if (!Array.isArray(list)) return;
  const seen = new Set<unknown>();
  for (const [index, entry] of list.entries()) {
    if (typeof entry !== "string") continue;
    if (seen.has(entry)) report.add("duplicate_entry", [...path, index], `${quote(entry)} is listed twice.`);
    else if (known !== undefined && SLUG.test(entry) && !known.has(entry)) reportUnknownModule(entry, known, [...path, index], report);
    seen.add(entry);
  }
}

function reportUnknownModule(slug: string, known: ReadonlySet<string>, path: KeyPath, report: Report): void {
  const near = report.near(slug, known);
  report.add("unknown_module", path, `There is no module ${quote(slug)} in [modules].`, near === undefined ? {} : { hint: `Did you mean "${near}"?` });
}
