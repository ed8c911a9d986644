import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";

/** Makes modules below `modules/` installable: adds each to the catalog, with its descriptor's own words. */
export async function addToMarketplace(directory: string, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) await appendFile(join(directory, "marketplace.toml"), await catalogEntry(directory, slug));
}

async function catalogEntry(directory: string, slug: string): Promise<string> {
  const descriptor = parse(await readFile(join(directory, "modules", slug, "module.toml"), "utf8")) as { module: Record<string, string> };
  const { name, description, version } = descriptor.module;
  return `
[modules.${slug}]
slug = ${text(slug)}
name = ${text(name)}
description = ${text(description)}
source = "path"
package = ${text(`@platform/${slug}`)}
path = ${text(`modules/${slug}`)}
version = ${text(version)}
tags = ["broken"]
`;
}

function text(value: string | undefined): string {
  return JSON.stringify(value ?? "");
}
