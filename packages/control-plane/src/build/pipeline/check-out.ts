import type { PipelineRun } from "./run.ts";
import type { Source } from "./source.ts";

/** Reads the branch as it is now, not as it was when the build was asked for, and writes its files into the workspace. */
export async function checkOut(run: PipelineRun): Promise<Source> {
  const { context, build, workspace } = run;
  await context.assertRoom();
  const snapshot = await context.reader.snapshot(build.manifestRef);
  run.log(`${build.manifestRef} is at ${snapshot.commit.slice(0, 12)}`);
  return { snapshot, checkout: await context.repository.checkOut(snapshot.commit, workspace.directory) };
}
