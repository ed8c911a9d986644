import { lstat, readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import type { ArtifactEntry, ToolchainContext } from "../toolchain.ts";

/** Tracked files that are files or links still: build code may have removed or replaced some of them. */
export async function stillThere({ workspace, trackedFiles }: ToolchainContext): Promise<string[]> {
  const kinds = await Promise.all(trackedFiles.map((path) => kindOf(workspace, path)));
  return trackedFiles.filter((_, index) => kinds[index] === "file" || kinds[index] === "link");
}

/** Adds a file, a link, or everything below a directory, but for what build tools keep for themselves. */
export async function addAll(workspace: string, path: string, paths: Set<string>): Promise<void> {
  const kind = await kindOf(workspace, path);
  if (isToolState(path)) return;
  if (kind === "file" || kind === "link") paths.add(posix.normalize(path));
  if (kind === "directory") for (const name of await readdir(join(workspace, path))) await addAll(workspace, posix.join(path, name), paths);
}

/** What lies at a path of the workspace itself, not where a link leads; undefined for nothing and for what no artifact can hold. */
export async function kindOf(workspace: string, path: string): Promise<"file" | "link" | "directory" | undefined> {
  const found = await lstat(join(workspace, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return "link";
  if (found.isDirectory()) return "directory";
  return found.isFile() ? "file" : undefined;
}

/** The artifact's entries for these paths, in the same order on every machine, whatever its locale. */
export function entriesOf(workspace: string, paths: ReadonlySet<string>): ArtifactEntry[] {
  return [...paths].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((path) => ({ source: join(workspace, path), path }));
}

function isToolState(path: string): boolean {
  return /(^|\/)(\.cache|\.vite|\.turbo)(\/|$)/.test(path) || path.endsWith(".tsbuildinfo") || /(^|\/)node_modules\/\.(package-lock\.json|modyard-tree)$/.test(path);
}
