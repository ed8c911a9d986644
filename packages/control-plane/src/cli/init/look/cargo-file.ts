import { posix } from "node:path";
import { z } from "zod";
import { problem, type Result } from "../../../errors/problem.ts";
import { cargoSyntaxProblem } from "../../../toolchains/cargo/cargo-source.ts";
import { parseToml } from "../../../toolchains/cargo/toml.ts";
import type { CargoFound, CrateDependency } from "../found.ts";

const text = z.string().optional().catch(undefined);
const inherited = z.union([z.string(), z.object({ workspace: z.literal(true) })]).optional().catch(undefined);

const dependency = z.union([
  z.string().transform((version) => ({ version })),
  z.object({ version: text, git: text, rev: text, tag: text, branch: text, path: text, package: text, workspace: z.boolean().optional().catch(undefined), features: z.array(z.string()).optional().catch(undefined) }),
]);
type WrittenDependency = Partial<Record<"version" | "git" | "rev" | "tag" | "branch" | "path" | "package", string | undefined>> & { readonly workspace?: boolean | undefined; readonly features?: readonly string[] | undefined };

const dependencies = z.record(z.string(), dependency.catch({})).catch({});

const cargoFile = z.object({
  package: z.object({ name: text, version: inherited, edition: inherited, "default-run": text, autobins: z.boolean().optional().catch(undefined) }).optional().catch(undefined),
  bin: z.array(z.object({ name: text, path: text })).catch([]),
  dependencies,
  workspace: z.object({ members: z.array(z.string()).catch([]), exclude: z.array(z.string()).catch([]), package: z.object({ version: text, edition: text }).catch({ version: undefined, edition: undefined }), dependencies }).optional().catch(undefined),
  patch: z.record(z.string(), z.record(z.string(), z.unknown()).catch({})).catch({}),
});

/** A Cargo.toml as a proposal needs it. */
export type CargoFile = z.output<typeof cargoFile>;

/** Reads a Cargo.toml; problem `package_unreadable`. */
export function parseCargoFile(content: string, file: string): Result<CargoFile> {
  // As cargo reads it, which is less strict than our own files are read.
  const value = parseToml(content);
  if (value !== undefined) return { ok: true, value: cargoFile.parse(value) };
  const broken = cargoSyntaxProblem(content, file);
  return { ok: false, problems: [problem("package_unreadable", `${broken?.message ?? `${file} is not TOML`}; it is left out`, { location: broken?.location ?? { file } })] };
}

/** What the root's Cargo.toml and .cargo/config.toml say of the whole. */
export function cargoFound(root: CargoFile, config: string | undefined): CargoFound {
  const parsed = z.object({ build: z.object({ target: z.string() }) }).safeParse(config === undefined ? undefined : parseToml(config));
  return {
    isWorkspace: root.workspace !== undefined,
    members: root.workspace?.members ?? [],
    exclude: root.workspace?.exclude ?? [],
    ...(parsed.success ? { target: parsed.data.build.target } : {}),
    patched: Object.keys(root.patch["crates-io"] ?? {}),
  };
}

/** A crate's dependencies with the workspace's filled in; paths relative to the repository's root. */
export function dependenciesIn(file: CargoFile, directory: string, workspace: CargoFile["workspace"]): Record<string, CrateDependency> {
  return Object.fromEntries(Object.entries(file.dependencies as Record<string, WrittenDependency>).map(([key, written]) => {
    const shared = written.workspace === true ? (workspace?.dependencies as Record<string, WrittenDependency> | undefined)?.[key] : undefined;
    const base = shared === undefined ? directory : "";
    return [key, toDependency(key, { ...shared, ...known(written) }, base)];
  }));
}

function known(written: WrittenDependency): WrittenDependency {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

function toDependency(key: string, written: WrittenDependency, base: string): CrateDependency {
  const { version, git, path } = written;
  const rev = written.rev ?? written.tag ?? written.branch;
  return {
    packageName: written.package ?? key,
    ...(version === undefined ? {} : { version }),
    ...(git === undefined ? {} : { git }),
    ...(rev === undefined ? {} : { rev }),
    ...(path === undefined ? {} : { path: posix.join(base, path) }),
    features: written.features ?? [],
  };
}
