import { join } from "node:path";
import type { ArtifactRef, PackedArtifact } from "../artifacts/artifact-store.ts";
import { claimArtifact } from "../artifacts/keep.ts";
import { packArtifact } from "../artifacts/pack.ts";
import { patchBuild } from "../store.ts";
import type { Tools } from "./render.ts";
import type { PipelineRun } from "./run.ts";

/** Packs what the application needs at run time into one file with a digest of its contents. */
export async function packageArtifact(run: PipelineRun, { toolchain, context }: Tools): Promise<PackedArtifact> {
  const entries = await toolchain.collect(context);
  const packed = await packArtifact(run.workspace.directory, entries, join(run.workspace.scratch, "artifact.tar.zst"));
  run.log(`artifact ${packed.digest.slice(0, 12)}: ${entries.length} files, ${Math.ceil(packed.bytes / 1024)} kB`);
  return packed;
}

/** Hands the artifact to the store, where it stays for releases and rollbacks. */
export async function publishArtifact(run: PipelineRun, packed: PackedArtifact): Promise<void> {
  await needArtifact(run, packed);
  await run.context.artifacts.publish(packed, run.signal);
}

/** From here on the build needs the artifact, whoever made it first: retention leaves it alone. */
export async function needArtifact({ context, build }: PipelineRun, { digest, bytes }: ArtifactRef): Promise<void> {
  await context.handle.db.transaction().execute(async (trx) => {
    await patchBuild(trx, build.id, { artifactDigest: digest, artifactBytes: bytes }, build);
    await claimArtifact(trx, digest);
  });
}
