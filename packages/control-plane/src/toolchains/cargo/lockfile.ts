import { join } from "node:path";
import * as semver from "semver";
import { z } from "zod";
import { problem, type Result } from "../../errors/problem.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import type { LockedVersion } from "../toolchain.ts";
import { parseToml } from "./toml.ts";

const locked = z.object({
  name: z.string(),
  version: z.string(),
  source: z.string().optional(),
  checksum: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
});

const lockfile = z.object({ package: z.array(locked).default([]) });

/** One package of the lockfile. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+ADDRESS`, `sparse+ADDRESS` or `git+ADDRESS?rev=…#COMMIT`; absent for crates of the host's own tree. */
  readonly source?: string;
  /** SHA-256 of the `.crate` file in hexadecimal; only for packages of a registry. */
  readonly checksum?: string;
  /** `NAME`, or `NAME VERSION`, or `NAME VERSION (SOURCE)`: as much as it takes to tell them apart. */
  readonly dependencies: readonly string[];
}

/** `Cargo.lock`. */
export interface Lockfile {
  readonly text: string;
  readonly packages: readonly LockedPackage[];
}

export const lockfileName = "Cargo.lock";

/** Reads a host's lockfile; undefined when there is none. Problem: lockfile_out_of_date for what cargo does not write. */
export async function readLockfile(workspace: string): Promise<Result<Lockfile | undefined>> {
  const text = await readPlainFile(join(workspace, lockfileName));
  return text === undefined ? { ok: true, value: undefined } : parseLockfile(text);
}

/** Reads the text of a lockfile. */
export function parseLockfile(text: string): Result<Lockfile> {
  const parsed = lockfile.safeParse(parseToml(text));
  if (parsed.success) return { ok: true, value: { text, packages: parsed.data.package.map(toLocked) } };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "it is not TOML" : `${issue.path.join(".")}: ${issue.message}`;
  return { ok: false, problems: [problem("lockfile_out_of_date", `${lockfileName} cannot be read (${where})`, { location: { file: lockfileName } })] };
}

/** What comes from elsewhere, by the lockfile's text; undefined when it cannot be read. */
export function readLocked(text: string): readonly LockedVersion[] | undefined {
  const read = parseLockfile(text);
  return read.ok ? read.value.packages.flatMap(({ name, version, source }) => (source === undefined ? [] : [{ name, version }])) : undefined;
}

/** The newest package of this name that `accept` takes. */
export function findLocked({ packages }: Lockfile, name: string, accept: (found: LockedPackage) => boolean = () => true): LockedPackage | undefined {
  return packages.filter((found) => found.name === name && accept(found)).reduce<LockedPackage | undefined>((best, found) => (best === undefined || isNewer(found.version, best.version) ? found : best), undefined);
}

/** What the package `of` means by its dependency `name`; undefined when it has none of that name. */
export function findLockedDependency(lock: Lockfile, of: LockedPackage, name: string): LockedPackage | undefined {
  const reference = of.dependencies.find((text) => text.split(" ", 1)[0] === name);
  if (reference === undefined) return undefined;
  const [, version, source] = /^\S+(?: (\S+))?(?: \((.*)\))?$/.exec(reference) ?? [];
  return findLocked(lock, name, (found) => (version === undefined || found.version === version) && (source === undefined || withoutCommit(found.source) === withoutCommit(source)));
}

/** Whether a package comes from a registry: crates.io, a mirror of it, or another. */
export function isFromRegistry({ source = "" }: LockedPackage): boolean {
  return /^(registry|sparse)\+/.test(source);
}

/** The commit that a git package is locked to; undefined for others. */
export function lockedCommit({ source = "" }: LockedPackage): string | undefined {
  return source.startsWith("git+") ? /#([0-9a-f]{40,64})$/.exec(source)?.[1] : undefined;
}

function withoutCommit(source: string | undefined): string {
  return source?.replace(/#[^#]*$/, "") ?? "";
}

function isNewer(a: string, b: string): boolean {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  return left !== null && (right === null || semver.gt(left, right));
}

function toLocked({ name, version, source, checksum, dependencies }: z.infer<typeof locked>): LockedPackage {
  return { name, version, ...(source === undefined ? {} : { source }), ...(checksum === undefined ? {} : { checksum }), dependencies };
}
