import { lstatSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fail } from "../../errors/problem.ts";

/** A commit's files in a directory, and the index that remembers them (kept outside, where no build can reach it). */
export interface Checkout {
  readonly commit: string;
  readonly directory: string;
  readonly index: string;
  /** Paths of all files that git tracks, relative, with `/`. */
  readonly files: readonly string[];
}

/**
 * Writes a file of the checkout. A repository may hold symbolic links that point anywhere:
 * a path that leaves the checkout through one, or is one itself, is refused.
 */
export function writeInside(directory: string, path: string, text: string): void {
  const root = realpathSync(directory);
  const target = join(root, path);
  if (isOutside(root, target)) refuse(path);
  let folder = root;
  for (const name of relative(root, dirname(target)).split(sep).filter(Boolean)) {
    folder = join(folder, name);
    mkdirSync(folder, { recursive: true });
    if (lstatSync(folder).isSymbolicLink()) refuse(path);
  }
  if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) refuse(path);
  writeFileSync(target, text);
}

function isOutside(root: string, target: string): boolean {
  const path = relative(root, target);
  return path === ".." || path.startsWith(`..${sep}`);
}

function refuse(path: string): never {
  fail("path_refused", `${path} leads out of the host through ".." or a symbolic link`, { hint: "Name a plain path inside the host in modyard.toml." });
}
