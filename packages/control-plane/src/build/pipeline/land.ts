import type { Composition } from "../../composition/composition.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { askerOf, namedBy } from "../../journal/asker.ts";
import { appendJournal } from "../../journal/journal.ts";
import { keyOf } from "../host/key-of.ts";
import type { ArtifactRef } from "../artifacts/artifact-store.ts";
import { patchBuild } from "../store.ts";
import type { Rendered } from "./render.ts";
import type { PipelineRun } from "./run.ts";

/** The commit that was landed, and the key of a build of it. */
export interface Landed {
  readonly resultCommit: string;
  readonly landedKey: string;
}

/** Moves the branch to the composition commit. Undefined: the branch moved, so this build is not on top of it. */
export async function land(run: PipelineRun, rendered: Rendered, composition: Composition, commit: string, artifact: ArtifactRef): Promise<Landed | undefined> {
  const { context, build, signal } = run;
  const { snapshot, tools } = rendered;
  const lockDigest = await context.repository.digestOf(commit, tools.toolchain.compositionFiles(snapshot.host));
  const landed = { resultCommit: commit, landedKey: await keyOf({ ...snapshot, commit, lockDigest }, tools.toolchain, composition) };
  // Written before the push, so that whoever takes over from a killed worker knows what was pushed.
  await patchBuild(context.handle.db, build.id, { ...landed, artifactDigest: artifact.digest, artifactBytes: artifact.bytes }, build);
  signal.throwIfAborted();
  // A worker that was stopped for a while must not push late.
  if (!(await run.asHolder(() => context.repository.land(commit, build.manifestRef)))) return undefined;
  if (commit !== snapshot.commit) await noteLanding(run, commit);
  return landed;
}

/** Tells in the journal that the branch holds the build's commit now. */
export async function noteLanding({ context, build, log }: PipelineRun, commit: string): Promise<void> {
  log(`${build.manifestRef} is now at ${commit.slice(0, 12)}`);
  await appendJournal(context.handle.db, {
    actor: askerOf(build),
    action: "composition.landed",
    subjectType: "manifest",
    subjectId: build.manifestRef,
    reason: build.reason,
    details: { commit, buildId: toPublicId("bld", build.id), ...namedBy(build) },
  });
}
