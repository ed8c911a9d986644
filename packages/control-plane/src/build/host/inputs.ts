import type { Toolchain } from "../../toolchains/toolchain.ts";
import type { BuildInputs } from "../identity.ts";
import type { HostSnapshot } from "../snapshot.ts";

/** The inputs of a build of this snapshot with the given manifest; see `buildKey`. */
export async function inputsOf(snapshot: HostSnapshot, toolchain: Toolchain, manifestHash: string): Promise<BuildInputs> {
  return {
    manifestHash,
    sourceCommit: snapshot.commit,
    lockDigest: snapshot.lockDigest,
    toolchainFingerprint: await toolchain.fingerprint(),
    profile: snapshot.manifest.build.profile,
    target: snapshot.manifest.build.target ?? "",
  };
}
