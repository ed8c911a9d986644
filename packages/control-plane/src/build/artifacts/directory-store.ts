import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, chmod, mkdir, open, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { fail } from "../../errors/problem.ts";
import type { ArtifactEntry } from "../../toolchains/toolchain.ts";
import type { ArtifactRef, ArtifactStore } from "./artifact-store.ts";
import { packEntries } from "./pack.ts";

/** Artifacts as `<directory>/<digest>.tar.zst`. A file appears there whole or not at all. */
export class DirectoryArtifactStore implements ArtifactStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(root: string, entries: readonly ArtifactEntry[]): Promise<ArtifactRef> {
    await mkdir(this.#directory, { recursive: true });
    const partial = join(this.#directory, `.${randomUUID()}.partial`);
    try {
      const meter = new DigestMeter();
      const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
      await pipeline(packEntries(root, entries), meter, compress, createWriteStream(partial));
      await flushToDisk(partial);
      const ref = meter.result();
      await rename(partial, this.#fileOf(ref.digest));
      return ref;
    } finally {
      await rm(partial, { force: true });
    }
  }

  async has(digest: string): Promise<boolean> {
    return access(this.#fileOf(digest)).then(
      () => true,
      () => false,
    );
  }

  async unpack(digest: string, directory: string): Promise<void> {
    if (!(await this.has(digest))) fail("ARTIFACT_MISSING", `the artifact ${digest.slice(0, 12)}… is not in the store`);
    await mkdir(directory, { recursive: true });
    const untar = extract();
    const folders = new Set<string>();
    const feeding = pipeline(createReadStream(this.#fileOf(digest)), createZstdDecompress(), untar);
    // A damaged file ends the loop below with the same error; it must not also count as unhandled.
    feeding.catch(() => undefined);
    for await (const entry of untar) await unpackEntry(directory, entry.header, entry, folders);
    await feeding;
  }

  #fileOf(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) fail("ARTIFACT_MISSING", `${JSON.stringify(digest)} is not an artifact digest`);
    return join(this.#directory, `${digest}.tar.zst`);
  }
}

async function unpackEntry(directory: string, header: Header, content: AsyncIterable<unknown>, folders: Set<string>): Promise<void> {
  const path = join(directory, header.name);
  if (relative(directory, path).startsWith(`..${sep}`)) fail("ARTIFACT_MISSING", `the artifact holds the unsafe path ${header.name}`);
  const folder = dirname(path);
  if (!folders.has(folder)) await mkdir(folder, { recursive: true });
  folders.add(folder);
  if (header.type === "symlink") {
    await symlink(header.linkname, path);
    return;
  }
  await pipeline(content, createWriteStream(path, { mode: header.mode }));
  if (header.mode === 0o755) await chmod(path, 0o755);
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
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
