import { parse } from "smol-toml";
import { z } from "zod";

/** What a registry's index says of one version of a crate: one line of JSON in the crate's file. */
export interface IndexEntry {
  readonly name: string;
  readonly vers: string;
  readonly deps: readonly IndexDependency[];
  /** SHA-256 of the .crate file, in hex. */
  readonly cksum: string;
  readonly features: Readonly<Record<string, readonly string[]>>;
  /** Features with `dep:` or `name?/feature`, which cargos that do not know `v: 2` must not see. */
  readonly features2: Readonly<Record<string, readonly string[]>>;
  readonly yanked: boolean;
  readonly links: string | null;
  readonly rust_version?: string;
  readonly v: 2;
}

/** One dependency as the index has it: `name` is what the crate calls it, `package` what it is called where that differs. */
export interface IndexDependency {
  readonly name: string;
  readonly req: string;
  readonly features: readonly string[];
  readonly optional: boolean;
  readonly default_features: boolean;
  readonly target: string | null;
  readonly kind: "normal" | "build" | "dev";
  readonly registry: null;
  readonly package?: string;
}

const dependency = z.preprocess(
  (written) => (typeof written === "string" ? { version: written } : written),
  z.object({ version: z.string().default("*"), features: z.array(z.string()).default([]), optional: z.boolean().default(false), "default-features": z.boolean().default(true), package: z.string().optional() }),
);
const dependencies = z.record(z.string(), dependency).default({});
const kinds = z.object({ dependencies, "build-dependencies": dependencies, "dev-dependencies": dependencies });
const manifest = kinds.extend({
  package: z.object({ name: z.string(), version: z.string(), links: z.string().optional(), "rust-version": z.string().optional() }),
  features: z.record(z.string(), z.array(z.string())).default({}),
  target: z.record(z.string(), kinds).default({}),
});

/** Makes the index's entry of a crate from its Cargo.toml as cargo packages it, with path and workspace resolved. */
export function indexEntry(cargoToml: string, cksum: string): IndexEntry {
  const { package: crate, features, target, ...own } = manifest.parse(parse(cargoToml));
  const ofTargets = Object.entries(target).flatMap(([name, each]) => dependenciesOf(each, name));
  return {
    name: crate.name,
    vers: crate.version,
    deps: [...dependenciesOf(own, null), ...ofTargets],
    cksum,
    features: pick(features, (uses) => !isNew(uses)),
    features2: pick(features, isNew),
    yanked: false,
    links: crate.links ?? null,
    ...(crate["rust-version"] === undefined ? {} : { rust_version: crate["rust-version"] }),
    v: 2,
  };
}

function isNew(uses: readonly string[]): boolean {
  return uses.some((use) => use.startsWith("dep:") || use.includes("?/"));
}

function pick(features: Readonly<Record<string, string[]>>, wanted: (uses: readonly string[]) => boolean): Record<string, string[]> {
  return Object.fromEntries(Object.entries(features).filter(([, uses]) => wanted(uses)));
}

function dependenciesOf(table: z.infer<typeof kinds>, target: string | null): IndexDependency[] {
  const of = (kind: IndexDependency["kind"], found: z.infer<typeof dependencies>): IndexDependency[] =>
    Object.entries(found).map(([name, { version, features, optional, "default-features": defaults, package: packageName }]) => ({
      name, req: version, features, optional, default_features: defaults, target, kind, registry: null, ...(packageName === undefined ? {} : { package: packageName }),
    }));
  return [...of("normal", table.dependencies), ...of("build", table["build-dependencies"]), ...of("dev", table["dev-dependencies"])];
}

/** Where the index has a crate's file: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd`; always in lower case. */
export function indexPath(name: string): string {
  const lower = name.toLowerCase();
  if (lower.length < 4) return lower.length < 3 ? `${lower.length}/${lower}` : `3/${lower.slice(0, 1)}/${lower}`;
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`;
}
