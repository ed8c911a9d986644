import { readdir, readlink, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { readPlainFile } from "../shared/plain-file.ts";
import { hostPackages, type LockEntry, type Lockfile, parseLockfile } from "./lockfile.ts";
import { readPackageJson } from "./package-json.ts";

/**
 * Compares an installed tree with the lockfile: every package there with its exact version and integrity, none besides.
 * Gives the differences; an empty list says that the tree is what `npm ci` would have made.
 */
export async function verifyTree(workspace: string, lockfile: Lockfile): Promise<string[]> {
  const hidden = await readHidden(workspace);
  const checks = [...lockfile.packages].filter(([path]) => isInstalled(path)).map(([path, entry]) => verifyEntry(workspace, path, entry, hidden.get(path)));
  const differences = (await Promise.all(checks)).filter((difference) => difference !== undefined);
  return [...differences, ...(await findExtra(workspace, lockfile))];
}

function isInstalled(path: string): boolean {
  return /(^|\/)node_modules\//.test(path);
}

async function verifyEntry(workspace: string, path: string, entry: LockEntry, hidden: LockEntry | undefined): Promise<string | undefined> {
  if (entry.link === true) {
    const target = await readlink(join(workspace, path)).catch(() => undefined);
    return target !== undefined && posix.join(posix.dirname(path), target) === entry.resolved ? undefined : `${path} does not lead to ${entry.resolved}`;
  }
  if (!(await isDirectory(join(workspace, path)))) return entry.optional === true || entry.devOptional === true ? undefined : `${path} is missing`;
  const version = (await readPackageJson(join(workspace, path)))?.version;
  if (version !== entry.version) return `${path} has version ${version} instead of ${entry.version}`;
  if (path.startsWith("node_modules/") && entry.integrity !== hidden?.integrity) return `${path} has another integrity than the lockfile's`;
  return undefined;
}

/** npm's record of what it installed. */
async function readHidden(workspace: string): Promise<ReadonlyMap<string, LockEntry>> {
  const text = await readPlainFile(join(workspace, "node_modules", ".package-lock.json"));
  const parsed = text === undefined ? undefined : parseLockfile(text);
  return parsed?.ok === true && parsed.value !== undefined ? parsed.value.packages : new Map();
}

async function findExtra(workspace: string, { packages }: Lockfile): Promise<string[]> {
  const owners = [...hostPackages(packages), ...[...packages].filter(([path, { link }]) => isInstalled(path) && link !== true).map(([path]) => path)];
  const installed = await Promise.all(owners.map((owner) => listPackages(workspace, posix.join(owner, "node_modules"))));
  return installed.flat().filter((path) => !packages.has(path)).map((path) => `${path} is not in the lockfile`);
}

async function listPackages(workspace: string, directory: string): Promise<string[]> {
  const names = await readdir(join(workspace, directory)).catch(() => []);
  const nested = await Promise.all(names.filter((name) => !name.startsWith(".")).map(async (name) => {
    const path = posix.join(directory, name);
    if (!name.startsWith("@")) return [path];
    return (await readdir(join(workspace, path)).catch(() => [])).map((part) => posix.join(path, part));
  }));
  return nested.flat();
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}
