import { randomUUID } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fail, ModyardError } from "../../errors/problem.ts";
import { inBatches } from "../../processes/in-batches.ts";
import type { ArtifactStore, PackedArtifact, StoredArtifact } from "./artifact-store.ts";
import { DirectoryArtifactStore } from "./directory-store.ts";
import type { OciAddress } from "./oci/address.ts";
import { RegistryClient } from "./oci/client.ts";
import type { Credentials } from "./oci/credentials.ts";
import { digestOf, downloadBlob } from "./oci/download.ts";
import { emptyConfig, manifestType, readManifest, writeManifest, type ArtifactBlob } from "./oci/manifest.ts";
import { uploadBlob, uploadFile } from "./oci/upload.ts";

/** How the store behaves where the usual does not fit. */
export interface RegistryStoreOptions {
  readonly address: OciAddress;
  readonly credentials?: Credentials | undefined;
  /** Keeps what this machine made or fetched, so that going back downloads nothing. */
  readonly cacheDirectory: string;
  /** What the cache may hold, in bytes. */
  readonly cacheBytes?: number;
  readonly chunkBytes?: number;
  /** Waits between attempts, in milliseconds. */
  readonly delaysMs?: readonly number[];
}

/** About half a minute: a registry that is restarted costs nobody a build. */
const usualDelaysMs = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000];
const usualChunkBytes = 16 * 1024 * 1024;
const usualCacheBytes = 10 * 1024 ** 3;
/** Somebody waits for the answer. */
const quick = { timeoutMs: 2_000, delaysMs: [100] };
/** After a registry did not answer, nobody else waits for that again. */
const unreachableMs = 3_000;
/** Manifests that are asked for at once: a list of a thousand takes no minutes, and is no flood either. */
const askedAtOnce = 8;
const accept = { accept: manifestType };

/** Artifacts in a repository of an OCI registry: one blob and a small manifest each, the tag is the artifact's digest. */
export class RegistryArtifactStore implements ArtifactStore {
  readonly #client: RegistryClient;
  readonly #cache: DirectoryArtifactStore;
  readonly #options: Required<Pick<RegistryStoreOptions, "cacheDirectory" | "cacheBytes" | "chunkBytes" | "delaysMs">>;
  #unreachable: { readonly until: number; readonly error: ModyardError } | undefined;

  constructor({ address, credentials, cacheDirectory, cacheBytes = usualCacheBytes, chunkBytes = usualChunkBytes, delaysMs = usualDelaysMs }: RegistryStoreOptions) {
    this.#client = new RegistryClient(address, credentials);
    this.#cache = new DirectoryArtifactStore(cacheDirectory);
    this.#options = { cacheDirectory, cacheBytes, chunkBytes, delaysMs };
  }

  async publish(artifact: PackedArtifact, signal?: AbortSignal): Promise<void> {
    await this.#keep(artifact);
    const { delaysMs } = this.#options;
    if ((await this.#findManifest(artifact.digest, { delaysMs, signal })) !== undefined) return;
    const blob = { digest: await digestOf(artifact.file), size: (await stat(artifact.file)).size, publishedAt: new Date() };
    await uploadFile(this.#client, artifact.file, blob, { ...this.#options, signal });
    await uploadBlob(this.#client, emptyConfig, { ...this.#options, signal });
    // Last: an upload that was interrupted leaves nothing that could be taken for an artifact.
    await this.#client.ask({ method: "PUT", path: `/manifests/${artifact.digest}`, headers: { "content-type": manifestType }, body: writeManifest(blob), expected: [201], delaysMs, signal });
  }

  async has(digest: string): Promise<boolean> {
    assertDigest(digest);
    try {
      return await this.#askQuickly(digest);
    } catch (error) {
      // What is here can be deployed from here, registry or not.
      if (isUnreachable(error) && (await this.#cache.has(digest))) return true;
      throw error;
    }
  }

  async #askQuickly(digest: string): Promise<boolean> {
    if (this.#unreachable !== undefined && performance.now() < this.#unreachable.until) throw this.#unreachable.error;
    this.#unreachable = undefined;
    try {
      const response = await this.#client.ask({ method: "HEAD", path: `/manifests/${digest}`, headers: accept, expected: [200, 404], ...quick });
      return response.status === 200;
    } catch (error) {
      if (isUnreachable(error)) this.#unreachable = { until: performance.now() + unreachableMs, error };
      throw error;
    }
  }

  async unpack(digest: string, directory: string): Promise<void> {
    assertDigest(digest);
    if (await this.#cache.has(digest)) {
      try {
        return await this.#cache.unpack(digest, directory);
      } catch (error) {
        if (!(error instanceof ModyardError) || error.code !== "artifact_damaged") throw error;
        // The copy here was damaged and is set aside: the registry's is fetched instead.
        await rm(directory, { recursive: true, force: true });
      }
    }
    await this.#fetch(digest);
    await this.#cache.unpack(digest, directory);
  }

  async list(): Promise<readonly StoredArtifact[]> {
    const found = await inBatches(await this.#tags(), async (digest): Promise<readonly StoredArtifact[]> => {
      const blob = await this.#findManifest(digest, { delaysMs: quick.delaysMs });
      return blob === undefined ? [] : [{ digest, bytes: blob.size, publishedAt: blob.publishedAt }];
    }, askedAtOnce);
    return found.flat();
  }

  /** The registry frees the space when its own garbage collection runs. */
  async remove(digest: string): Promise<void> {
    assertDigest(digest);
    const { delaysMs } = this.#options;
    const head = await this.#client.ask({ method: "HEAD", path: `/manifests/${digest}`, headers: accept, expected: [200, 404], delaysMs });
    const manifest = head.headers.get("docker-content-digest");
    if (head.status === 200 && manifest !== null) await this.#client.ask({ method: "DELETE", path: `/manifests/${manifest}`, expected: [200, 202, 404], delaysMs });
    await this.#cache.remove(digest);
  }

  /** Puts a copy into the cache, and lets the oldest go when there are too many. */
  async #keep(artifact: PackedArtifact): Promise<void> {
    await this.#cache.publish(artifact);
    const kept = (await this.#cache.list()).toSorted((left, right) => right.publishedAt.getTime() - left.publishedAt.getTime());
    let bytes = 0;
    for (const each of kept) {
      bytes += each.bytes;
      if (bytes > this.#options.cacheBytes && each.digest !== artifact.digest) await this.#cache.remove(each.digest);
    }
  }

  async #fetch(digest: string): Promise<void> {
    const { delaysMs, cacheDirectory } = this.#options;
    const blob = await this.#findManifest(digest, { delaysMs });
    if (blob === undefined) fail("artifact_missing", `the registry ${this.#client.host} does not have the artifact ${digest.slice(0, 12)}…`);
    await mkdir(cacheDirectory, { recursive: true });
    const partial = join(cacheDirectory, `.${randomUUID()}.partial`);
    try {
      await downloadBlob(this.#client, blob, partial, delaysMs);
      await this.#keep({ digest, bytes: blob.size, file: partial });
    } finally {
      await rm(partial, { force: true });
    }
  }

  async #findManifest(digest: string, options: { readonly delaysMs: readonly number[]; readonly signal?: AbortSignal | undefined }): Promise<ArtifactBlob | undefined> {
    const response = await this.#client.ask({ method: "GET", path: `/manifests/${digest}`, headers: accept, expected: [200, 404], ...options });
    const text = await response.text();
    return response.status === 404 ? undefined : readManifest(text, digest);
  }

  async #tags(): Promise<readonly string[]> {
    const tags: string[] = [];
    let path: string | undefined = "/tags/list?n=500";
    while (path !== undefined) {
      const response: Response = await this.#client.ask({ method: "GET", path, expected: [200, 404], delaysMs: this.#options.delaysMs });
      const body = (await response.json()) as { readonly tags?: readonly unknown[] | null };
      tags.push(...(body.tags ?? []).filter((tag): tag is string => typeof tag === "string" && digestPattern.test(tag)));
      path = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    }
    return tags;
  }
}

const digestPattern = /^[0-9a-f]{64}$/;

function isUnreachable(error: unknown): error is ModyardError {
  return error instanceof ModyardError && error.code === "artifact_store_unreachable";
}

function assertDigest(digest: string): void {
  if (!digestPattern.test(digest)) fail("artifact_missing", `${JSON.stringify(digest)} is not an artifact digest`);
}
