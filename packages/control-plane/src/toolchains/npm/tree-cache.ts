import { createHash } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { halfMadeName } from "../../processes/half-made.ts";
import { copyTree, linkTree, moveTree } from "../shared/copy-tree.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import { fingerprint } from "./fingerprint.ts";
import { hostPackages, type Lockfile, lockfileName, parseLockfile, treeDirectories } from "./lockfile.ts";
import { placeInside } from "./tree-places.ts";

/** How many trees are kept, and how long (milliseconds) one that was just used is safe from removal. */
const keptTrees = 6;
const safeMs = 30 * 60 * 1000;

/**
 * Installed `node_modules` trees, each under the hash of everything that decides what is in it. They are filled only by
 * npm runs in which no package's code ran; a build's own code gets copies, so that no build can change the next one's tree.
 */
export class TreeCache {
  readonly #directory: string;

  constructor(cacheDirectory: string) {
    this.#directory = join(cacheDirectory, "npm", "trees");
  }

  has(key: string): Promise<boolean> {
    return exists(join(this.#directory, key, lockfileName));
  }

  /** Puts a copy of the tree into the workspace, for build code to use. False when it is not (or no longer) there. */
  async restore(key: string, workspace: string): Promise<boolean> {
    const restored = await this.#place(key, workspace, copyTree);
    if (restored) await writeMark(workspace, key);
    return restored;
  }

  /**
   * Puts the tree into the workspace for npm to change: its files are the cache's own, at a fraction of a copy's cost.
   * npm replaces files and never writes into them, but for its record of the tree. `store` takes the tree back.
   * Build code may have it too, where the sandbox shows it read-only.
   */
  async lend(key: string, workspace: string): Promise<boolean> {
    const lent = await this.#place(key, workspace, linkTree);
    if (lent) await rm(join(workspace, "node_modules", markName), { force: true });
    return lent;
  }

  /** Moves the workspace's tree into the cache. Two builds may do so with one tree at once; one of them wins. */
  async store(key: string, workspace: string, lockfile: Lockfile): Promise<void> {
    const temporary = join(this.#directory, halfMadeName());
    await mkdir(temporary, { recursive: true });
    for (const directory of treeDirectories(lockfile.packages)) await moveTree(await placeInside(workspace, directory), join(temporary, directory));
    await removeTrees(workspace, lockfile);
    await writeFile(join(temporary, lockfileName), lockfile.text);
    await rename(temporary, join(this.#directory, key)).catch(() => rm(temporary, { recursive: true, force: true }));
    await this.#prune();
  }

  async #place(key: string, workspace: string, put: (from: string, to: string) => Promise<void>): Promise<boolean> {
    const tree = join(this.#directory, key);
    const lockfile = await readTree(tree);
    if (lockfile === undefined) return false;
    const now = new Date();
    await utimes(tree, now, now).catch(() => undefined);
    await removeTrees(workspace, lockfile);
    for (const directory of treeDirectories(lockfile.packages)) await put(join(tree, directory), await placeInside(workspace, directory));
    return true;
  }

  /** The kept tree that has most in common with a lockfile, if it is worth starting from. */
  async nearest(lockfile: Lockfile): Promise<string | undefined> {
    let best: { key: string; common: number } | undefined;
    for (const key of await this.#keys()) {
      const tree = await readTree(join(this.#directory, key));
      const common = tree === undefined ? 0 : countCommon(tree, lockfile);
      if (common > (best?.common ?? lockfile.packages.size / 2)) best = { key, common };
    }
    return best?.key;
  }

  async #keys(): Promise<string[]> {
    const names = await readdir(this.#directory).catch(() => []);
    return names.filter((name) => !name.startsWith(".")).toSorted();
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#directory);
    const trees = await Promise.all(names.map(async (name) => ({ path: join(this.#directory, name), usedAt: (await stat(join(this.#directory, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
    const old = trees.toSorted((a, b) => b.usedAt - a.usedAt).slice(keptTrees);
    for (const { path, usedAt } of old) if (Date.now() - usedAt > safeMs) await rm(path, { recursive: true, force: true });
  }
}

/** Hash over everything that decides what an install puts into the tree. */
export async function treeKey(workspace: string, lockfile: Lockfile): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, text: string): void => void hash.update(`${name}\0${Buffer.byteLength(text)}\0${text}\0`);
  add("tools", await fingerprint());
  add(lockfileName, lockfile.text);
  add(".npmrc", (await readPlainFile(join(workspace, ".npmrc"))) ?? "");
  for (const directory of hostPackages(lockfile.packages)) {
    add(`${directory}/package.json`, (await readPlainFile(join(workspace, directory, "package.json"))) ?? "");
  }
  return hash.digest("hex");
}

const markName = ".modyard-tree";

/** The key of the tree that lies in the workspace, if it was put there whole. */
export async function readMark(workspace: string): Promise<string | undefined> {
  return readPlainFile(join(workspace, "node_modules", markName));
}

/** Says that the workspace's tree is the one of this key. */
export async function writeMark(workspace: string, key: string): Promise<void> {
  const directory = join(workspace, "node_modules");
  await mkdir(directory, { recursive: true });
  // Never into a file that a tree of the cache may share.
  await rm(join(directory, markName), { force: true });
  await writeFile(join(directory, markName), key);
}

/** Removes every `node_modules` that npm manages in the workspace. */
export async function removeTrees(workspace: string, lockfile: Lockfile): Promise<void> {
  const directories = new Set(["node_modules", ...treeDirectories(lockfile.packages), ...hostPackages(lockfile.packages).map((directory) => join(directory, "node_modules"))]);
  for (const directory of directories) await rm(await placeInside(workspace, directory), { recursive: true, force: true });
}

async function readTree(tree: string): Promise<Lockfile | undefined> {
  const text = await readPlainFile(join(tree, lockfileName));
  const parsed = text === undefined ? undefined : parseLockfile(text);
  return parsed?.ok === true ? parsed.value : undefined;
}

function countCommon(tree: Lockfile, lockfile: Lockfile): number {
  let common = 0;
  for (const [path, entry] of lockfile.packages) {
    const other = tree.packages.get(path);
    if (other !== undefined && other.version === entry.version && other.integrity === entry.integrity) common += 1;
  }
  return common;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
