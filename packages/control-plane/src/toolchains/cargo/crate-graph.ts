import type { LockedPackage, Lockfile } from "./lockfile.ts";

/** Which packages of a lockfile lead to which. */
export interface CrateGraph {
  /** Identities of the packages of these names and of all that they lead to, but for ways through packages that `without` names. */
  reach(names: Iterable<string>, without?: ReadonlySet<string>): ReadonlySet<string>;
  /** Identities of all packages. */
  readonly all: ReadonlySet<string>;
}

/**
 * Tells one package's code from another's. Crates of the host's own tree are known by their name alone: their code changes
 * without their version.
 */
export function identityOf({ name, version, source }: LockedPackage): string {
  return source === undefined ? name : `${name} ${version} ${source}`;
}

/** Reads the graph of a lockfile. */
export function crateGraph({ packages }: Lockfile): CrateGraph {
  const byName = Map.groupBy(packages, ({ name }) => name);
  const meant = (reference: string): readonly LockedPackage[] => {
    const [name = "", version, source] = /^(\S+)(?: (\S+))?(?: \((.*)\))?$/.exec(reference)?.slice(1) ?? [];
    // A git source has its commit in the package, not always in the reference.
    return (byName.get(name) ?? []).filter((found) => (version === undefined || found.version === version) && (source === undefined || found.source === source || found.source?.replace(/#.*$/, "") === source));
  };
  const reach = (names: Iterable<string>, without: ReadonlySet<string> = new Set()): ReadonlySet<string> => {
    const found = new Set<LockedPackage>();
    const open = [...names].flatMap((name) => byName.get(name) ?? []).filter(({ name }) => !without.has(name));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...next.dependencies.flatMap(meant).filter(({ name }) => !without.has(name)));
    }
    return new Set([...found].map(identityOf));
  };
  return { reach, all: new Set(packages.map(identityOf)) };
}
