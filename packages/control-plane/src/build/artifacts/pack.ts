import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { pack, type Pack } from "tar-stream";
import { fail } from "../../errors/problem.ts";
import type { ArtifactEntry } from "../../toolchains/toolchain.ts";
import type { PackedArtifact } from "./artifact-store.ts";
import { DigestMeter } from "./digest-meter.ts";
import { leavesArtifact } from "./entry-places.ts";
import { entryReader, type EntryContent } from "./read-entry.ts";

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

/** So many small files are read ahead: their latency, not their size, is what packing waits for. */
const readAhead = 64;

async function writeEntries(tar: Pack, root: string, entries: readonly ArtifactEntry[]): Promise<void> {
  const sorted = entries.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  const read = await entryReader(root);
  const reading: Promise<EntryContent>[] = [];
  for (const [index, entry] of sorted.entries()) {
    while (reading.length < sorted.length && reading.length < index + readAhead) {
      const next = read(sorted[reading.length] ?? entry);
      // Its error is told when its turn comes.
      next.catch(() => undefined);
      reading.push(next);
    }
    const content = await reading[index];
    if (content !== undefined) await writeEntry(tar, entry, content);
    delete reading[index];
  }
}

async function writeEntry(tar: Pack, entry: ArtifactEntry, content: EntryContent): Promise<void> {
  const header = { name: entry.path, mtime: new Date(0), uid: 0, gid: 0, uname: "", gname: "" };
  if (content.kind === "link") {
    if (leavesArtifact(entry.path, content.target)) fail("step_failed", `the link ${entry.path} -> ${content.target} leads out of the artifact`, { hint: "Use relative links inside the host." });
    tar.entry({ ...header, type: "symlink", linkname: content.target, mode: 0o777 });
    return;
  }
  const mode = content.executable ? 0o755 : 0o644;
  if (content.kind === "small") await written(tar, { ...header, mode }, content.bytes);
  else await pipeline(createReadStream(entry.source), tar.entry({ ...header, mode, size: content.size }));
}

function written(tar: Pack, header: { readonly name: string; readonly mode: number }, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(header, bytes, (error) => (error ? reject(error) : resolve()));
  });
}
