/** An artifact by its content: SHA-256 (hex) over its uncompressed tar. */
export interface ArtifactRef {
  readonly digest: string;
  /** Size of the uncompressed tar in bytes. */
  readonly bytes: number;
}

/** A packed artifact that is not yet in a store. */
export interface PackedArtifact extends ArtifactRef {
  /** Absolute path of the compressed tar (`.tar.zst`). */
  readonly file: string;
}

/** An artifact that is in a store. */
export interface StoredArtifact {
  readonly digest: string;
  /** What it takes up in the store, in bytes. */
  readonly bytes: number;
  /** When it was published last. */
  readonly publishedAt: Date;
}

/** Keeps artifacts by their digest. Equal contents are kept once; an artifact never changes. */
export interface ArtifactStore {
  /** Takes the packed file over; after this the artifact survives a crash of the machine. The signal gives it up halfway. */
  publish(artifact: PackedArtifact, signal?: AbortSignal): Promise<void>;
  /** Quick, for people wait for it. Throws artifact_store_… where it cannot be known: that is not the same as being gone. */
  has(digest: string): Promise<boolean>;
  /** Writes the artifact's files into a directory, each byte checked against the digest. Throws artifact_missing, artifact_damaged, artifact_store_…. */
  unpack(digest: string, directory: string): Promise<void>;
  /** Everything that is kept, in no order. */
  list(): Promise<readonly StoredArtifact[]>;
  /** Removes an artifact, if it is there. Only for retention, which knows what is needed. */
  remove(digest: string): Promise<void>;
}
