import { join } from "node:path";
import { z } from "zod";
import { readPlainFile } from "../shared/plain-file.ts";
import { parseToml } from "./toml.ts";

/** Name of the file, which other tools must find in this spelling. */
export const cargoManifestName = "Cargo.toml";

/** One entry of a table of dependencies. */
export interface CargoDependency {
  /** The name by which the crate's code calls it. */
  readonly key: string;
  /** The crate's own name: the key, unless `package` says another. */
  readonly packageName: string;
  /** A version requirement. */
  readonly version?: string;
  readonly git?: string;
  readonly rev?: string;
  readonly tag?: string;
  readonly branch?: string;
  readonly path?: string;
  /** A registry other than crates.io, by its name in cargo's configuration. */
  readonly registry?: string;
  /** Whether the workspace's own table says where it comes from. */
  readonly workspace: boolean;
  readonly features: readonly string[];
  readonly optional: boolean;
  readonly defaultFeatures: boolean;
}

/** The `[workspace]` of a root. */
export interface CargoWorkspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  /** What members inherit with `version.workspace = true`. */
  readonly packageVersion?: string;
  /** What members inherit with `description.workspace = true`. */
  readonly packageDescription?: string;
  readonly dependencies: ReadonlyMap<string, CargoDependency>;
}

/** What Modyard reads of a Cargo.toml. Without a name it is a workspace root only. */
export interface CargoManifest {
  readonly name?: string;
  /** `workspace`: inherited from the workspace's root. */
  readonly version?: string | "workspace";
  /** `workspace`: inherited from the workspace's root. */
  readonly description?: string | "workspace";
  readonly licence?: string;
  readonly homepage?: string;
  readonly edition?: string;
  /** `package.workspace`: the way to the workspace's root where that is not the nearest upwards. */
  readonly workspaceRoot?: string;
  /** `default-run`: which of several programs `cargo run` starts. */
  readonly defaultRun?: string;
  /** `[dependencies]`; those for tests, build scripts and single targets are not among them. */
  readonly dependencies: ReadonlyMap<string, CargoDependency>;
  readonly features: ReadonlyMap<string, readonly string[]>;
  readonly workspace?: CargoWorkspace;
}

const inherited = z.object({ workspace: z.literal(true) }).transform(() => "workspace" as const);
const inheritable = z.union([z.string(), inherited]).optional();

const dependency = z.union([
  z.string().transform((version) => ({ version })),
  z.object({
    package: z.string(),
    version: z.string(),
    git: z.string(),
    rev: z.string(),
    tag: z.string(),
    branch: z.string(),
    path: z.string(),
    registry: z.string(),
    workspace: z.boolean(),
    features: z.array(z.string()),
    optional: z.boolean(),
    "default-features": z.boolean(),
    default_features: z.boolean(),
  }).partial(),
]);

const dependencies = z.record(z.string(), dependency).default({});
const packageTable = z.object({ name: z.string(), version: inheritable, description: inheritable, license: z.string().optional().catch(undefined), homepage: z.string().optional().catch(undefined), edition: inheritable, workspace: z.string().optional(), "default-run": z.string().optional().catch(undefined) });

const cargoManifest = z.object({
  package: packageTable.optional(),
  project: packageTable.optional(),
  dependencies,
  features: z.record(z.string(), z.array(z.string())).default({}),
  workspace: z.object({
    members: z.array(z.string()).default([]),
    exclude: z.array(z.string()).default([]),
    package: z.object({ version: z.string().optional(), description: z.string().optional() }).default({}),
    dependencies,
  }).optional(),
}).refine(({ package: own, project, workspace }) => own !== undefined || project !== undefined || workspace !== undefined);

/** Parses the text of a Cargo.toml; undefined when it is not TOML, or neither a package nor a workspace. */
export function parseCargoManifest(text: string): CargoManifest | undefined {
  const parsed = cargoManifest.safeParse(parseToml(text));
  if (!parsed.success) return undefined;
  const { package: own = parsed.data.project, workspace } = parsed.data;
  return {
    ...defined({ name: own?.name, version: own?.version, description: own?.description, licence: own?.license, homepage: own?.homepage, edition: own?.edition, workspaceRoot: own?.workspace, defaultRun: own?.["default-run"] }),
    dependencies: toDependencies(parsed.data.dependencies),
    features: new Map(Object.entries(parsed.data.features)),
    ...(workspace === undefined ? {} : { workspace: toWorkspace(workspace) }),
  };
}

/** The Cargo.toml of a directory; undefined when it is missing or not valid. */
export async function readCargoManifest(directory: string): Promise<CargoManifest | undefined> {
  const text = await readPlainFile(join(directory, cargoManifestName));
  return text === undefined ? undefined : parseCargoManifest(text);
}

function toWorkspace({ members, exclude, package: own, dependencies: table }: NonNullable<z.infer<typeof cargoManifest>["workspace"]>): CargoWorkspace {
  return { members, exclude, ...defined({ packageVersion: own.version, packageDescription: own.description }), dependencies: toDependencies(table) };
}

function toDependencies(table: z.infer<typeof dependencies>): ReadonlyMap<string, CargoDependency> {
  return new Map(Object.entries(table).map(([key, entry]) => [key, toDependency(key, entry)]));
}

function toDependency(key: string, entry: z.infer<typeof dependency>): CargoDependency {
  const { package: packageName = key, version, git, rev, tag, branch, path, registry, workspace = false, features = [], optional = false, ...more }: Partial<Exclude<z.infer<typeof dependency>, { version: string }>> = entry;
  const defaultFeatures = more["default-features"] ?? more.default_features ?? true;
  return { key, packageName, ...defined({ version, git, rev, tag, branch, path, registry }), workspace, features, optional, defaultFeatures };
}

/** The same without the keys that are undefined. */
function defined<T extends Readonly<Record<string, string | undefined>>>(values: T): { [Key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [Key in keyof T]?: string };
}
