import type { Catalog, CatalogEntry } from "../manifest/catalog.ts";

/** All catalogs by slug; the entries of one slug in the catalogs' order of precedence. */
export type CatalogIndex = ReadonlyMap<string, readonly [CatalogEntry, ...CatalogEntry[]]>;

export function indexCatalogs(catalogs: readonly Catalog[]): CatalogIndex {
  const index = new Map<string, [CatalogEntry, ...CatalogEntry[]]>();
  for (const entry of catalogs.flatMap((catalog) => catalog.entries)) {
    const known = index.get(entry.slug);
    if (known === undefined) index.set(entry.slug, [entry]);
    else known.push(entry);
  }
  return index;
}
