import { join } from "node:path";
import { z } from "zod";
import { problem, type Result } from "../../errors/problem.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import type { LockedVersion } from "../toolchain.ts";

const entry = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  extraneous: z.boolean().optional(),
});

const lockfile = z.object({ lockfileVersion: z.union([z.literal(2), z.literal(3)]), packages: z.record(z.string(), entry) });

/** One package of the lockfile. */
export type LockEntry = z.infer<typeof entry>;

/** `package-lock.json` of version 2 or 3: path below the host -> package. */
export interface Lockfile {
  readonly text: string;
  readonly packages: ReadonlyMap<string, LockEntry>;
}

export const lockfileName = "package-lock.json";

/** Reads a host's lockfile; undefined when there is none. Problem: lockfile_out_of_date for what npm 7 and later do not write. */
export async function readLockfile(workspace: string): Promise<Result<Lockfile | undefined>> {
  const text = await readPlainFile(join(workspace, lockfileName));
  if (text === undefined) return { ok: true, value: undefined };
  return parseLockfile(text);
}

/** Reads the text of a lockfile. */
export function parseLockfile(text: string): Result<Lockfile> {
  const parsed = lockfile.safeParse(parseJson(text));
  if (parsed.success) return { ok: true, value: { text, packages: new Map(Object.entries(parsed.data.packages)) } };
  const message = `${lockfileName} is not a lockfile of version 2 or 3 (${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message})`;
  return { ok: false, problems: [problem("lockfile_out_of_date", message, { location: { file: lockfileName } })] };
}

/** What is installed from elsewhere, by the lockfile's text; undefined when it cannot be read. */
export function readLocked(text: string): readonly LockedVersion[] | undefined {
  const read = parseLockfile(text);
  if (!read.ok) return undefined;
  return [...read.value.packages].flatMap(([path, { version, link, name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length) }]) => (path.includes("node_modules/") && link !== true && version !== undefined ? [{ name, version }] : []));
}

/** The package that `name` means when it is imported from `directory`: the nearest `node_modules` upwards. */
export function findInLock(packages: ReadonlyMap<string, LockEntry>, directory: string, name: string): { readonly path: string; readonly entry: LockEntry } | undefined {
  const parts = directory === "." || directory === "" ? [] : directory.split("/");
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const path = [...parts.slice(0, depth), "node_modules", name].join("/");
    const at = packages.get(path);
    if (at !== undefined) return { path, entry: at };
  }
  return undefined;
}

/** Directories that npm manages: each outermost `node_modules` of the lockfile, sorted. */
export function treeDirectories(packages: ReadonlyMap<string, LockEntry>): string[] {
  const directories = new Set<string>();
  for (const path of packages.keys()) {
    const end = /(^|\/)node_modules\//.exec(path);
    if (end !== null) directories.add(path.slice(0, end.index + end[0].length - 1));
  }
  return [...directories].toSorted();
}

/** Directories of packages that are part of the host itself, "" for its root: workspaces and `path` modules. */
export function hostPackages(packages: ReadonlyMap<string, LockEntry>): string[] {
  return [...packages.keys()].filter((path) => !/(^|\/)node_modules\//.test(path)).toSorted();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
