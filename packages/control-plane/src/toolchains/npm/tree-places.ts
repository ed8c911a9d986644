import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, posix } from "node:path";
import { fail } from "../../errors/problem.ts";
import { isBelow } from "../shared/module-path.ts";

/**
 * Where a directory that a lockfile names lies in a workspace. Build code may have rewritten the lockfile and put links in the place of
 * folders: what would be removed or written outside of the workspace is refused, by path_refused.
 */
export async function placeInside(workspace: string, directory: string): Promise<string> {
  const root = await realpath(workspace);
  const path = posix.normalize(directory);
  if (isAbsolute(path) || path === ".." || path.startsWith("../")) refuse(directory);
  const place = join(root, path);
  const parent = await existingParent(dirname(place));
  if (parent !== root && !isBelow(parent, root)) refuse(directory);
  return place;
}

/** The nearest folder that is there, without links. */
async function existingParent(path: string): Promise<string> {
  return realpath(path).catch(() => existingParent(dirname(path)));
}

function refuse(directory: string): never {
  return fail("path_refused", `the lockfile's ${directory} leads out of the host`, { hint: "Let every package of the host lie inside its repository, in plain folders." });
}
