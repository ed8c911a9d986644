import { statfs } from "node:fs/promises";
import { fail } from "../../errors/problem.ts";
import type { PipelineRun } from "./run.ts";
import type { Source } from "./source.ts";

/** Reads the branch as it is now, not as it was when the build was asked for, and writes its files into the workspace. */
export async function checkOut(run: PipelineRun): Promise<Source> {
  const { context, build, workspace } = run;
  await assertSpace(run);
  const snapshot = await context.reader.snapshot(build.manifestRef);
  run.log(`${build.manifestRef} is at ${snapshot.commit.slice(0, 12)}`);
  return { snapshot, checkout: await context.repository.checkOut(snapshot.commit, workspace.directory) };
}

async function assertSpace({ context }: PipelineRun): Promise<void> {
  const { bavail, bsize } = await statfs(context.dataDirectory);
  const free = bavail * bsize;
  if (free >= context.limits.freeBytes) return;
  fail("disk_full", `only ${megabytes(free)} MB are free in the data directory; a build needs ${megabytes(context.limits.freeBytes)} MB`);
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
