import { toPublicId } from "../../database/identifiers.ts";
import { findSameBuild } from "../same-build.ts";
import { patchBuild, type Build } from "../store.ts";
import { RepeatedFailure } from "./outcome.ts";
import { needArtifact } from "./package.ts";
import type { PipelineResult } from "./result.ts";
import type { PipelineRun } from "./run.ts";

/**
 * Checked again now that this worker holds the lock: while the build waited another may have made the same artifact, which is then
 * this one's result, or failed for a reason that would come again, which is thrown. Undefined: there is something to build.
 */
export async function reuse(run: PipelineRun, key: string): Promise<PipelineResult | undefined> {
  const { context, build } = run;
  await patchBuild(context.handle.db, build.id, { buildKey: key }, build);
  if (build.force) return undefined;
  const same = await findSameBuild(context.handle.db, context.artifacts, key, { except: build.id });
  if (same?.kind === "failed") failAgain(run, same.build);
  return same?.kind === "done" ? useResult(run, same.build) : undefined;
}

function failAgain({ log }: PipelineRun, { id, error }: Build): void {
  if (error === null) return;
  log(`the same build failed already as ${toPublicId("bld", id)}, and would fail again; to build all the same, force it`);
  throw new RepeatedFailure(error);
}

async function useResult(run: PipelineRun, same: Build): Promise<PipelineResult | undefined> {
  const { artifactDigest, artifactBytes, composition, resultCommit, landedKey } = same;
  if (artifactDigest === null || composition === null || resultCommit === null || landedKey === null) return undefined;
  const artifact = { digest: artifactDigest, bytes: artifactBytes ?? 0 };
  await needArtifact(run, artifact);
  if (!(await run.context.artifacts.has(artifactDigest))) return undefined;
  run.log(`the same build exists already; its artifact ${artifactDigest.slice(0, 12)} is used`);
  return { artifact, composition, resultCommit, landedKey, sameAs: same };
}
