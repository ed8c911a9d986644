import type { Composition } from "../../composition/composition.ts";
import { isRegistrySource } from "../../manifest/source-rules.ts";
import type { Toolchain } from "../../toolchains/toolchain.ts";
import { buildKey } from "../identity.ts";
import type { HostSnapshot } from "../snapshot.ts";

/** The key of a build of this snapshot that makes the given composition; see `buildKey`. */
export async function keyOf(snapshot: HostSnapshot, toolchain: Toolchain, { manifestHash, modules }: Composition): Promise<string> {
  const published = modules.filter(({ spec }) => isRegistrySource(spec.source));
  return buildKey({
    manifestHash,
    versions: published.map(({ slug, version }) => `${slug} ${version}`).toSorted().join("\n"),
    sourceCommit: snapshot.commit,
    lockDigest: snapshot.lockDigest,
    toolchainFingerprint: await toolchain.fingerprint(snapshot.tree),
    profile: snapshot.manifest.build.profile,
    target: snapshot.manifest.build.target ?? "",
  });
}
