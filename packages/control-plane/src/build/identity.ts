import { createHash } from "node:crypto";

/** Everything that decides what a build produces. Two builds with equal inputs are the same build. */
export interface BuildInputs {
  readonly manifestHash: string;
  /** Exact versions of the modules that a registry has: what a range means may change without the manifest. */
  readonly versions: string;
  readonly sourceCommit: string;
  /** SHA-256 over the lockfiles and package manifests at the source commit. */
  readonly lockDigest: string;
  readonly toolchainFingerprint: string;
  readonly profile: string;
  readonly target: string;
}

/** SHA-256 over the inputs, each with its name and length, so that no two different inputs read alike. */
export function buildKey(inputs: BuildInputs): string {
  const hash = createHash("sha256").update("modyard build 1\n");
  const entries = Object.entries(inputs).toSorted(([left], [right]) => (left < right ? -1 : 1));
  for (const [name, value] of entries) hash.update(`${name} ${Buffer.byteLength(value)}\n${value}\n`);
  return hash.digest("hex");
}
