import type { ComposedModule } from "../../composition/composition.ts";
import { ownersOf } from "../shared/owners.ts";
import { crateGraph } from "./crate-graph.ts";
import type { Lockfile } from "./lockfile.ts";
import type { Places } from "./places.ts";
import { directoriesOf } from "./step-commands.ts";

/** Which module a crate or a file of a cargo host belongs to. */
export interface CrateOwners {
  /** The slug of the module whose crate this is, or which alone brought it along. */
  ofPackage(name: string): string | undefined;
  /** The slug of the module that holds a file, as `shown` names it. */
  ofFile(file: string): string | undefined;
  /** A file as people name it: relative to the host; `crate-1.2.3/src/lib.rs` for crates from elsewhere. */
  shown(file: string): string;
}

/** What the owners are worked out from. */
export interface OwnersSource {
  readonly workspace: string;
  readonly places: Pick<Places, "target" | "onMachine">;
  readonly lockfile: Lockfile;
  readonly app: string;
  readonly modules: readonly ComposedModule[];
}

/** Makes the map from crates and files to modules. */
export function crateOwners({ workspace, places, lockfile, app, modules }: OwnersSource): CrateOwners {
  const specs = modules.map(({ spec }) => spec);
  const owners = ownersOf(workspace, specs);
  const brought = broughtBy(lockfile, app, modules);
  return {
    ofPackage: (name) => specs.find(({ packageName }) => packageName === name)?.slug ?? brought.get(name),
    ofFile: (file) => specs.find((spec) => directoriesOf(spec).some((directory) => file.startsWith(`${directory}/`)))?.slug ?? specs.find(({ packageName }) => isCrateDirectory(file.split("/", 1)[0] ?? "", packageName))?.slug ?? owners.moduleOf(file),
    shown: (file) => shownFrom(file, places) ?? owners.inHost(places.onMachine(file), "") ?? file,
  };
}

/** Unpacked crates and checkouts of git lie in the cargo home, generated sources in the target directory. */
function shownFrom(file: string, { target }: Pick<Places, "target">): string | undefined {
  const registry = /\/registry\/src\/[^/]+\/(.+)$/.exec(file)?.[1];
  const [, name, revision, rest] = /\/git\/checkouts\/([^/]+)-[0-9a-f]{16}\/([^/]+)\/(.+)$/.exec(file) ?? [];
  if (registry !== undefined) return registry;
  if (rest !== undefined) return `${name}-${revision}/${rest}`;
  return file.startsWith(`${target}/`) ? `target${file.slice(target.length)}` : undefined;
}

function isCrateDirectory(directory: string, packageName: string): boolean {
  return directory.startsWith(`${packageName}-`) && /^\d/.test(directory.slice(packageName.length + 1));
}

/** Crate -> the one module without which the host would not have it. A module that another one needs counts before that. */
function broughtBy(lockfile: Lockfile, app: string, modules: readonly ComposedModule[]): Map<string, string> {
  const graph = crateGraph(lockfile);
  const crates = new Set(modules.map(({ spec }) => spec.packageName));
  const own = graph.reach([app], crates);
  const ownNames = names(own);
  const brought = new Map<string, Set<string>>();
  for (const { spec } of modules) {
    const others = new Set([...crates].filter((name) => name !== spec.packageName));
    for (const name of names(graph.reach([spec.packageName], others))) if (!ownNames.has(name)) brought.set(name, (brought.get(name) ?? new Set()).add(spec.slug));
  }
  return new Map([...brought].flatMap(([name, slugs]) => (slugs.size === 1 ? [[name, [...slugs][0] ?? ""] as const] : [])));
}

function names(identities: ReadonlySet<string>): Set<string> {
  return new Set([...identities].map((identity) => identity.split(" ", 1)[0] ?? ""));
}
