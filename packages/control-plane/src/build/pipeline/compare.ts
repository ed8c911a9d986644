import { join } from "node:path";
import type { Composition } from "../../composition/composition.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { fail, problem } from "../../errors/problem.ts";
import type { PackedArtifact } from "../artifacts/artifact-store.ts";
import { compareTrees } from "../artifacts/compare-trees.ts";
import { unpackArtifact } from "../artifacts/unpack.ts";
import type { HostSnapshot } from "../snapshot.ts";
import { findBuild } from "../store.ts";
import { StepError } from "./outcome.ts";
import type { PipelineResult } from "./result.ts";
import type { PipelineRun } from "./run.ts";

/** What came of making a build again. */
export interface MadeAgain {
  readonly snapshot: HostSnapshot;
  /** The commit of the composition as it was resolved and generated this time. */
  readonly commit: string;
  readonly composition: Composition;
  readonly packed: PackedArtifact;
}

/**
 * Ends a build that was made to be compared: nothing is published and nothing lands. Throws artifact_differs with the files
 * that are not the same, and artifact_damaged when the kept artifact is not what it was.
 */
export async function compare(run: PipelineRun, verifies: string, { snapshot, commit, composition, packed }: MadeAgain): Promise<PipelineResult> {
  const { context } = run;
  const name = toPublicId("bld", verifies);
  const { artifactDigest: digest = null, landedKey = null } = (await findBuild(context.handle.db, verifies)) ?? {};
  if (digest === null || landedKey === null) return fail("build_not_successful", `build ${name}, which was to be made again, has no artifact`);
  if (commit !== snapshot.commit) {
    throw new StepError([problem("artifact_differs", `commit ${snapshot.commit.slice(0, 12)} does not hold the composition of build ${name} exactly: resolved and generated again, it changes`)], await context.repository.changedFiles(snapshot.commit, commit));
  }
  const kept = (await context.artifacts.has(digest)) ? join(run.workspace.scratch, "kept") : undefined;
  if (kept === undefined) run.log("the artifact itself is no longer kept; its digest is compared");
  // Checks the kept bytes against the digest too: what would be rolled back to is what was built.
  else await context.artifacts.unpack(digest, kept);
  if (packed.digest !== digest) throw await difference(run, name, digest, packed, kept);
  run.log(`the same artifact as of build ${name}, byte for byte: ${digest}`);
  return { artifact: packed, composition, resultCommit: commit, landedKey };
}

async function difference(run: PipelineRun, name: string, digest: string, packed: PackedArtifact, kept: string | undefined): Promise<StepError> {
  const message = `made again, build ${name} gives the artifact ${packed.digest.slice(0, 12)} in place of ${digest.slice(0, 12)}`;
  if (kept === undefined) return new StepError([problem("artifact_differs", `${message}; which files differ cannot be told, since the artifact is no longer kept`)], []);
  const again = join(run.workspace.scratch, "again");
  await unpackArtifact(packed.file, again, packed.digest);
  const differences = await compareTrees(kept, again);
  for (const line of differences) run.log(line);
  const [first = "the order or kind of entries"] = differences;
  return new StepError([problem("artifact_differs", `${message}: ${first}${differences.length > 1 ? `, and ${differences.length - 1} more` : ""}`)], differences.slice(0, mostShown));
}

/** The log has them all. */
const mostShown = 20;
