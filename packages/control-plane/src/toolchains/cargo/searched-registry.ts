import { type OperatorConfiguration, readOperatorConfiguration } from "./operator-config.ts";

/**
 * The registry to search, as arguments of `cargo search`: the one that the operator has in the place of crates.io, which cargo itself passes
 * over in a search. Undefined: that is a directory, which has no search.
 */
export async function searchedRegistry(): Promise<readonly string[] | undefined> {
  return registryInPlaceOf("crates-io", await readOperatorConfiguration());
}

/** Follows `replace-with` to its end; a circle of replacements has none. */
export function registryInPlaceOf(name: string, configuration: Pick<OperatorConfiguration, "source" | "registries">, seen: readonly string[] = []): readonly string[] | undefined {
  if (seen.includes(name)) return undefined;
  const { "replace-with": next, registry, directory, "local-registry": onDisk } = configuration.source[name] ?? {};
  if (typeof next === "string") return registryInPlaceOf(next, configuration, [...seen, name]);
  if (directory !== undefined || onDisk !== undefined) return undefined;
  return typeof registry === "string" && !Object.hasOwn(configuration.registries, name) ? ["--index", registry] : ["--registry", name];
}
