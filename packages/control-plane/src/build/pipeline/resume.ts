import { sql } from "kysely";
import { noteLanding } from "./land.ts";
import type { PipelineResult } from "./result.ts";
import type { PipelineRun } from "./run.ts";

/**
 * A worker that was killed between the push and the end of its build left a commit on the branch: then only the end is
 * left to do. Building again on top of that commit would find nothing to change, and forget what this build changed.
 */
export async function resumeLanded(run: PipelineRun): Promise<PipelineResult | undefined> {
  const { context, build } = run;
  const { artifactDigest, artifactBytes, composition, resultCommit, landedKey } = build;
  if (artifactDigest === null || artifactBytes === null || composition === null || resultCommit === null || landedKey === null) return undefined;
  const tip = await context.repository.tip(build.manifestRef);
  if (!(await context.repository.contains(tip, resultCommit)) || !(await context.artifacts.has(artifactDigest))) return undefined;
  return run.step("land", async () => {
    run.log(`the composition commit ${resultCommit.slice(0, 12)} has landed already`);
    if (resultCommit !== build.sourceCommit && !(await isNoted(run, resultCommit))) await noteLanding(run, resultCommit);
    return { artifact: { digest: artifactDigest, bytes: artifactBytes }, composition, resultCommit, landedKey };
  });
}

async function isNoted({ context, build }: PipelineRun, commit: string): Promise<boolean> {
  const select = context.handle.db.selectFrom("journal").select("id").where("action", "=", "composition.landed").where("subjectId", "=", build.manifestRef);
  return (await select.where(sql<boolean>`details ->> 'commit' = ${commit}`).executeTakeFirst()) !== undefined;
}
