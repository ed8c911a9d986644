import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";

/** Where a module lies in a host, and what its package is called. */
export interface CatalogPlace {
  /** Relative to the host's root. */
  readonly path: string;
  readonly key: "package" | "crate";
  readonly name: string;
}

/** Makes a module of the host's tree installable: adds it to the catalog, with its descriptor's own words. */
export async function addToMarketplace(directory: string, slug: string, place: CatalogPlace): Promise<void> {
  await appendFile(join(directory, "marketplace.toml"), await catalogEntry(directory, slug, place));
}

async function catalogEntry(directory: string, slug: string, place: CatalogPlace): Promise<string> {
  const descriptor = parse(await readFile(join(directory, place.path, "module.toml"), "utf8")) as { module: Record<string, string> };
  const { name, description, version } = descriptor.module;
  return `
[modules.${slug}]
slug = ${text(slug)}
name = ${text(name)}
description = ${text(description)}
source = "path"
${place.key} = ${text(place.name)}
path = ${text(place.path)}
version = ${text(version)}
tags = ["broken"]
`;
}

function text(value: string | undefined): string {
  return JSON.stringify(value ?? "");
}
