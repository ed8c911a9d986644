import { constants } from "node:fs";
import { access, copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "../../errors/problem.ts";
import { halfMadeName } from "../../processes/half-made.ts";
import type { ArtifactStore, PackedArtifact, StoredArtifact } from "./artifact-store.ts";
import { damaged, isIntact, unpackArtifact } from "./unpack.ts";

/** What an artifact's file is called by at its end whose bytes have changed. */
export const damagedSuffix = ".damaged";

/** Artifacts as `<directory>/<digest>.tar.zst`. A file appears there whole or not at all. */
export class DirectoryArtifactStore implements ArtifactStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async publish(artifact: PackedArtifact): Promise<void> {
    if (await this.#touch(artifact.digest)) return;
    await mkdir(this.#directory, { recursive: true });
    const partial = join(this.#directory, halfMadeName());
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
    const file = this.#fileOf(digest);
    try {
      await unpackArtifact(file, directory, digest);
    } catch (error) {
      if (await isIntact(file, digest)) throw error;
      // Set aside, so that it counts as gone and a new build can bring it back; from now on retention counts its days.
      await this.#touch(digest);
      await rename(file, `${file}${damagedSuffix}`);
      damaged(digest);
    }
  }

  /** Where the artifact's file is; undefined when it is not kept. */
  async locate(digest: string): Promise<string | undefined> {
    return (await this.has(digest)) ? this.#fileOf(digest) : undefined;
  }

  async list(): Promise<readonly StoredArtifact[]> {
    const names = await readdir(this.#directory).catch(() => []);
    const digests = names.flatMap((name) => /^([0-9a-f]{64})\.tar\.zst$/.exec(name)?.[1] ?? []);
    const found = await Promise.all(digests.map(async (digest) => ({ digest, stats: await stat(this.#fileOf(digest)).catch(() => undefined) })));
    return found.flatMap(({ digest, stats }) => (stats === undefined ? [] : [{ digest, bytes: stats.size, publishedAt: stats.mtime }]));
  }

  async remove(digest: string): Promise<void> {
    await rm(this.#fileOf(digest), { force: true });
  }

  /** True: it is there, and counts as published now. */
  async #touch(digest: string): Promise<boolean> {
    const now = new Date();
    return utimes(this.#fileOf(digest), now, now).then(
      () => true,
      () => false,
    );
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
