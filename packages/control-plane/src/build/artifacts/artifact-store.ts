import type { ArtifactEntry } from "../../toolchains/toolchain.ts";

/** An artifact by its content: SHA-256 (hex) over its uncompressed tar. */
export interface ArtifactRef {
  readonly digest: string;
  /** Size of the uncompressed tar in bytes. */
  readonly bytes: number;
}

/** Keeps artifacts by their digest. Equal contents are kept once; an artifact never changes. */
export interface ArtifactStore {
  /** Stores the entries, all of which must lie below `root`; equal entries give an equal digest. */
  put(root: string, entries: readonly ArtifactEntry[]): Promise<ArtifactRef>;
  has(digest: string): Promise<boolean>;
  /** Writes the artifact's files into an empty directory. */
  unpack(digest: string, directory: string): Promise<void>;
}
