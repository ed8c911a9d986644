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
  /** Takes the packed file over; after this the artifact survives a crash of the machine. */
  publish(artifact: PackedArtifact): Promise<void>;
  has(digest: string): Promise<boolean>;
  /** Writes the artifact's files into a directory. */
  unpack(digest: string, directory: string): Promise<void>;
  /** Everything that is kept, in no order. */
  list(): Promise<readonly StoredArtifact[]>;
  /** Removes an artifact, if it is there. Only for retention, which knows what is needed. */
  remove(digest: string): Promise<void>;
}
