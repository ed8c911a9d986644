import { constants } from "node:fs";
import { lstat, readFile, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, sep } from "node:path";
import { fail } from "../../errors/problem.ts";
import type { ArtifactEntry } from "../../toolchains/toolchain.ts";

/** What an entry of an artifact holds; large files are left to be streamed. */
export type EntryContent =
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "small"; readonly bytes: Buffer; readonly executable: boolean }
  | { readonly kind: "large"; readonly size: number; readonly executable: boolean };

const smallBytes = 256 * 1024;

/** Tests run meanwhile, and may put a link or a pipe in the file's place. */
const still = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads entries of one tree. What lies outside of it, or is neither file nor link, is refused. */
export async function entryReader(root: string): Promise<(entry: ArtifactEntry) => Promise<EntryContent>> {
  const realRoot = await realpath(root);
  const folders = new Map<string, Promise<string>>();
  return async (entry) => {
    const folder = dirname(entry.source);
    const real = folders.get(folder) ?? realpath(folder);
    folders.set(folder, real);
    assertInside(realRoot, await real, entry.path);
    return readEntry(entry);
  };
}

async function readEntry({ source, path }: ArtifactEntry): Promise<EntryContent> {
  const stats = await lstat(source);
  if (stats.isSymbolicLink()) return { kind: "link", target: await readlink(source) };
  if (!stats.isFile()) return fail("step_failed", `${path} is neither a file nor a link and cannot be part of an artifact`);
  const executable = (stats.mode & 0o111) !== 0;
  if (stats.size > smallBytes) return { kind: "large", size: stats.size, executable };
  return { kind: "small", bytes: await readFile(source, { flag: still }), executable };
}

/** Build code may have replaced a folder by a link to somewhere else: what lies there is not ours to pack. */
function assertInside(realRoot: string, realFolder: string, path: string): void {
  const inside = relative(realRoot, realFolder);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    fail("path_refused", `${path} leads out of the workspace through a symbolic link`, { hint: "Let the build write plain files and folders." });
  }
}
