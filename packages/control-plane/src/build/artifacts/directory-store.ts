import { randomUUID } from "node:crypto";
import { constants, createReadStream, createWriteStream } from "node:fs";
import { access, chmod, copyFile, mkdir, open, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { fail } from "../../errors/problem.ts";
import type { ArtifactStore, PackedArtifact } from "./artifact-store.ts";

/** Artifacts as `<directory>/<digest>.tar.zst`. A file appears there whole or not at all. */
export class DirectoryArtifactStore implements ArtifactStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async publish(artifact: PackedArtifact): Promise<void> {
    if (await this.has(artifact.digest)) return;
    await mkdir(this.#directory, { recursive: true });
    const partial = join(this.#directory, `.${randomUUID()}.partial`);
    try {
      await copyFile(artifact.file, partial, constants.COPYFILE_FICLONE);
      await flushToDisk(partial);
      await rename(partial, this.#fileOf(artifact.digest));
      await flushToDisk(this.#directory);
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
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
