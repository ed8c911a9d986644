import { posix } from "node:path";
import { z } from "zod";
import { problem, type Result } from "../../../errors/problem.ts";
import { readToml } from "../../../manifest/toml/document.ts";
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
  package: z.object({ name: text, version: inherited, edition: inherited, "default-run": text }).optional().catch(undefined),
  bin: z.array(z.object({ name: text })).catch([]),
  dependencies,
  workspace: z.object({ package: z.object({ version: text, edition: text }).catch({ version: undefined, edition: undefined }), dependencies }).optional().catch(undefined),
  patch: z.record(z.string(), z.record(z.string(), z.unknown()).catch({})).catch({}),
});

/** A Cargo.toml as a proposal needs it. */
export type CargoFile = z.output<typeof cargoFile>;

/** Reads a Cargo.toml; problem `package_unreadable`. */
export function parseCargoFile(content: string, file: string): Result<CargoFile> {
  const document = readToml(content, file);
  if (!document.ok) return { ok: false, problems: [problem("package_unreadable", `${file} is left out: ${document.problems[0]?.message ?? ""}`, { location: document.problems[0]?.location ?? { file } })] };
  return { ok: true, value: cargoFile.parse(document.value.value) };
}

/** What the root's Cargo.toml and .cargo/config.toml say of the whole. */
export function cargoFound(root: CargoFile, config: string | undefined): CargoFound {
  const written = config === undefined ? undefined : readToml(config, ".cargo/config.toml");
  const parsed = written?.ok === true ? z.object({ build: z.object({ target: z.string() }) }).safeParse(written.value.value) : undefined;
  return {
    isWorkspace: root.workspace !== undefined,
    ...(parsed?.success === true ? { target: parsed.data.build.target } : {}),
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
