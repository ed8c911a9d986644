import type { Result } from "../errors/problem.ts";
import type { Catalog, CatalogEntry } from "./catalog.ts";
import { quote } from "./check/rule.ts";
import { reportOn, type Report } from "./check/report.ts";
import { checkShape } from "./check/shape.ts";
import { checkList, checkSlug, checkSpec, isTable } from "./check/spec.ts";
import { CATALOG_MAY_STATE, catalogSchema, type WrittenCatalog } from "./schema/catalog.ts";
import { toSpec } from "./spec-values.ts";
import { readToml } from "./toml/document.ts";

/** Reads `marketplace.toml`: the catalog, or everything that is wrong with it. A catalog may hold npm and cargo modules. */
export function parseCatalog(text: string, file: string): Result<Catalog> {
  const document = readToml(text, file);
  if (!document.ok) return document;
  const report = reportOn(document.value);
  const written = checkShape(catalogSchema, document.value, report);
  checkEntries(document.value.value["modules"], report);
  return report.result(() => toCatalog(written as WrittenCatalog));
}

function checkEntries(modules: unknown, report: Report): void {
  if (!isTable(modules)) return;
  for (const [slug, entry] of Object.entries(modules)) {
    const path = ["modules", slug];
    checkSlug(slug, path, report);
    if (!isTable(entry)) continue;
    checkSpec(entry, path, report, CATALOG_MAY_STATE);
    for (const key of ["features", "depends_on", "tags"]) checkList(entry[key], undefined, [...path, key], report);
    if (typeof entry["slug"] === "string" && entry["slug"] !== slug) {
      report.add("slug_mismatch", [...path, "slug"], `The slug is ${quote(entry["slug"])}, but the table's name is ${quote(slug)}.`);
    }
  }
}

function toCatalog(written: WrittenCatalog): Catalog {
  const updatedAt = written.updated_at;
  return {
    schema: written.schema,
    ...(updatedAt === undefined ? {} : { updatedAt: typeof updatedAt === "symbol" ? (updatedAt.description ?? "") : updatedAt }),
    entries: Object.entries(written.modules).map(([slug, entry]) => toEntry(slug, entry)),
  };
}

function toEntry(slug: string, entry: WrittenCatalog["modules"][string]): CatalogEntry {
  return {
    slug,
    name: entry.name ?? slug,
    description: entry.description ?? "",
    tags: entry.tags ?? [],
    spec: toSpec(slug, entry),
    ...(entry.version === undefined ? {} : { version: entry.version }),
    allowScripts: entry.allow_scripts ?? false,
  };
}
