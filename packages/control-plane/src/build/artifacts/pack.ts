import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import { lstat, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { pack, type Pack } from "tar-stream";
import { fail } from "../../errors/problem.ts";
import type { ArtifactEntry } from "../../toolchains/toolchain.ts";
import type { ArtifactRef, PackedArtifact } from "./artifact-store.ts";

/** Packs the entries, all of which must lie below `root`, into the file. Equal entries give an equal digest. */
export async function packArtifact(root: string, entries: readonly ArtifactEntry[], file: string): Promise<PackedArtifact> {
  const meter = new DigestMeter();
  // Level 1: artifacts are read as often as written, and soon. The digest is over what is inside.
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  await pipeline(packEntries(root, entries), meter, compress, createWriteStream(file));
  return { ...meter.result(), file };
}

/**
 * The entries as one tar whose bytes depend on nothing but paths, contents, link targets and the executable bit:
 * sorted, one time, one owner, two modes.
 */
function packEntries(root: string, entries: readonly ArtifactEntry[]): Pack {
  const tar = pack();
  void writeEntries(tar, root, entries).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return tar;
}

async function writeEntries(tar: Pack, root: string, entries: readonly ArtifactEntry[]): Promise<void> {
  const realRoot = await realpath(root);
  const realFolders = new Map<string, string>();
  const sorted = entries.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  for (const entry of sorted) {
    await assertInside(realRoot, entry, realFolders);
    await writeEntry(tar, entry, await lstat(entry.source));
  }
}

async function writeEntry(tar: Pack, entry: ArtifactEntry, stats: Stats): Promise<void> {
  const header = { name: entry.path, mtime: new Date(0), uid: 0, gid: 0, uname: "", gname: "" };
  if (stats.isSymbolicLink()) {
    const target = await readlink(entry.source);
    if (leavesArtifact(entry.path, target)) fail("STEP_FAILED", `the link ${entry.path} -> ${target} leads out of the artifact`, { hint: "Use relative links inside the host." });
    tar.entry({ ...header, type: "symlink", linkname: target, mode: 0o777 });
    return;
  }
  if (!stats.isFile()) fail("STEP_FAILED", `${entry.path} is neither a file nor a link and cannot be part of an artifact`);
  const mode = (stats.mode & 0o111) === 0 ? 0o644 : 0o755;
  await pipeline(createReadStream(entry.source), tar.entry({ ...header, type: "file", size: stats.size, mode }));
}

function leavesArtifact(path: string, target: string): boolean {
  if (isAbsolute(target)) return true;
  const resolved = relative(".", join(dirname(path), target));
  return resolved === ".." || resolved.startsWith(`..${sep}`);
}

/** Build code may have replaced a folder by a link to somewhere else: what lies there is not ours to pack. */
async function assertInside(realRoot: string, entry: ArtifactEntry, seen: Map<string, string>): Promise<void> {
  const folder = dirname(entry.source);
  const real = seen.get(folder) ?? (await realpath(folder));
  seen.set(folder, real);
  const path = relative(realRoot, real);
  if (path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    fail("PATH_REFUSED", `${entry.path} leads out of the workspace through a symbolic link`, { hint: "Let the build write plain files and folders." });
  }
}

/** Passes bytes through and knows their digest and number at the end. */
class DigestMeter extends Transform {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  result(): ArtifactRef {
    return { digest: this.#hash.digest("hex"), bytes: this.#bytes };
  }
}
