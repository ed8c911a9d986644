import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../errors/problem.ts";
import type { ArtifactStore, PackedArtifact } from "./artifact-store.ts";
import { unpackArtifact } from "./unpack.ts";

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
    if (!(await this.has(digest))) fail("artifact_missing", `the artifact ${digest.slice(0, 12)}… is not in the store`);
    await unpackArtifact(this.#fileOf(digest), directory);
  }

  #fileOf(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) fail("artifact_missing", `${JSON.stringify(digest)} is not an artifact digest`);
    return join(this.#directory, `${digest}.tar.zst`);
  }
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
