import { problem, unwrap, type Problem } from "../../errors/problem.ts";
import type { Catalog } from "../../manifest/catalog.ts";
import { parseCatalog } from "../../manifest/parse-catalog.ts";
import type { LocalHost } from "./host.ts";
import { namedFile, readIfThere } from "./text-file.ts";

/** The host's catalogs that are files, in order of precedence, and a warning for each of the others. */
export async function readLocalCatalogs(local: LocalHost): Promise<{ readonly catalogs: readonly Catalog[]; readonly warnings: readonly Problem[] }> {
  const catalogs: Catalog[] = [];
  const warnings: Problem[] = [];
  for (const address of local.host?.catalogs ?? ["marketplace.toml"]) {
    const file = namedFile(local.directory, address);
    const named = { path: file.path, name: namedFile("", local.directoryName, address).name };
    const text = isRemote(address) ? undefined : await readIfThere(named);
    // Without a modyard.toml nobody said that there is a catalog.
    if (text === undefined) warnings.push(...(local.host === undefined ? [] : [skipped(address)]));
    else catalogs.push(unwrap(parseCatalog(unwrap(text), named.name)));
  }
  return { catalogs, warnings };
}

function isRemote(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address) || /^[^/]+@[^/]+:/.test(address);
}

function skipped(address: string): Problem {
  if (isRemote(address)) return problem("catalog_skipped", `The catalog ${address} is not a file and was not read`);
  return problem("catalog_skipped", `The catalog ${address} is not there`, { hint: "Write the file, or say in modyard.toml which catalogs there are: `catalogs = []` for none." });
}
