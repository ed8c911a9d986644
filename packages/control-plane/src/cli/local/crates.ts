import { readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { isSameSpec } from "../../composition/spec.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { type LockedPackage, lockedCommit, readLockfile } from "../../toolchains/cargo/lockfile.ts";
import { lockedRelease } from "../../toolchains/cargo/locked-module.ts";
import { readCargoManifest } from "../../toolchains/cargo/cargo-manifest.ts";
import { importNameOf, readServerManifest } from "../../toolchains/cargo/declared-dependencies.ts";
import { readInheritingManifest } from "../../toolchains/cargo/workspace-root.ts";
import type { LocalHost } from "./host.ts";
import { isDirectory, namedFile, readTextFile } from "./text-file.ts";

/** How deep a crate may lie in its repository. */
const MAX_DEPTH = 3;

/** Lockfiles are long and asked for once for each module. */
const lockfiles = new WeakMap<LocalHost, ReturnType<typeof readLockfile>>();

function lockfileOf(local: LocalHost): ReturnType<typeof readLockfile> {
  const read = lockfiles.get(local) ?? readLockfile(local.directory);
  lockfiles.set(local, read);
  return read;
}

/** The package that the host's Cargo.lock has of a module, if it is what the spec asks for. */
export async function lockedCrate(local: LocalHost, spec: ModuleSpec): Promise<LockedPackage | undefined> {
  if (spec.source === "path") return undefined;
  const current = local.manifest.modules.find((one) => one.slug === spec.slug);
  // A commit says nothing of a revision: an upgrade must not read the version of before.
  if (spec.source === "git" && (current === undefined || !isSameSpec(current, spec))) return undefined;
  const lockfile = await lockfileOf(local);
  return lockfile.ok && lockfile.value !== undefined ? lockedRelease(lockfile.value, spec) : undefined;
}

/** Where cargo has unpacked a package for the person at this machine; undefined when it has not. Nothing is run or fetched. */
export async function unpackedCrate(locked: LockedPackage): Promise<string | undefined> {
  const home = process.env["CARGO_HOME"] ?? join(homedir(), ".cargo");
  const commit = lockedCommit(locked);
  if (commit !== undefined) return checkedOutCrate(join(home, "git/checkouts"), commit, locked.name);
  const directories = (await namesIn(join(home, "registry/src"))).map((registry) => join(home, "registry/src", registry, `${locked.name}-${locked.version}`));
  const there = await Promise.all(directories.map(isDirectory));
  return directories.find((_, index) => there[index]);
}

/** Modules whose crate is locked, but not unpacked on this machine: nothing here can know what their descriptors say. */
export async function fetchedLater(local: LocalHost): Promise<readonly string[]> {
  const slugs = await Promise.all(local.manifest.modules.map(async (spec) => {
    const locked = await lockedCrate(local, spec);
    return locked === undefined || (await unpackedCrate(locked)) !== undefined ? [] : [spec.slug];
  }));
  return slugs.flat();
}

/** What the host's Cargo.toml calls the modules' crates, by slug, where it gives them other names. */
export async function importNames({ host, directory, manifest }: LocalHost): Promise<ReadonlyMap<string, string>> {
  const server = host?.toolchain === "cargo" ? await readServerManifest(directory, host) : undefined;
  if (server?.ok !== true) return new Map();
  return new Map(manifest.modules.flatMap((spec) => {
    const name = importNameOf(server.value, spec);
    return name === undefined ? [] : [[spec.slug, name] as const];
  }));
}

/** Checkouts are called by the first digits of their commit. */
async function checkedOutCrate(checkouts: string, commit: string, name: string): Promise<string | undefined> {
  for (const repository of await namesIn(checkouts)) {
    for (const short of (await namesIn(join(checkouts, repository))).filter((digits) => digits.length >= 7 && commit.startsWith(digits))) {
      const found = await findCrate(join(checkouts, repository, short), name, MAX_DEPTH);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function findCrate(directory: string, name: string, depth: number): Promise<string | undefined> {
  if ((await readCargoManifest(directory))?.name === name) return directory;
  if (depth === 0) return undefined;
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((one) => one.isDirectory() && !one.name.startsWith("."))) {
    const found = await findCrate(join(directory, entry.name), name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function namesIn(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(() => [])).toSorted();
}

/** The version of the crate in a directory, also where it inherits it from the host's workspace. */
export async function crateVersion(local: LocalHost, directory: string): Promise<string | undefined> {
  const root = await realpath(local.directory);
  const inside = relative(root, directory);
  const [top, path] = inside.startsWith("..") || isAbsolute(inside) ? [directory, ""] : [root, inside];
  const found = await readInheritingManifest(path, async (file) => {
    const text = await readTextFile(namedFile(top, file));
    return text.ok ? text.value : undefined;
  });
  return found?.version;
}
