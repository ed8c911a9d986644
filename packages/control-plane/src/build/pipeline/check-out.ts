import { toPublicId } from "../../database/identifiers.ts";
import type { PipelineRun } from "./run.ts";
import type { Source } from "./source.ts";

/**
 * Reads the branch as it is now, not as it was when the build was asked for, and writes its files into the workspace. What is
 * made again to be compared is made from the commit that it was.
 */
export async function checkOut(run: PipelineRun): Promise<Source> {
  const { context, build, workspace } = run;
  await context.assertRoom();
  const { manifestRef: branch, sourceCommit, verifies } = build;
  const snapshot = await (verifies === null || sourceCommit === null ? context.reader.snapshot(branch) : context.reader.snapshotAt(branch, sourceCommit));
  run.log(verifies === null ? `${branch} is at ${snapshot.commit.slice(0, 12)}` : `making build ${toPublicId("bld", verifies)} again, from its commit ${snapshot.commit.slice(0, 12)}`);
  return { snapshot, checkout: await context.repository.checkOut(snapshot.commit, workspace.directory) };
}
