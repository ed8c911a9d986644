import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import type { ArtifactRef } from "./artifact-store.ts";

/** Passes bytes through and knows their digest and number at the end. */
export class DigestMeter extends Transform {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  /** Once, when everything has passed. */
  result(): ArtifactRef {
    return { digest: this.#hash.digest("hex"), bytes: this.#bytes };
  }
}
