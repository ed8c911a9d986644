import { sql } from "kysely";
import { z } from "zod";
import type { Executor } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";

/** PostgreSQL channel on which workers tell how far their builds are. */
export const progressChannel = "modyard_progress";

const progressSchema = z.strictObject({
  build_id: z.string().max(100).describe("The build, by its public identifier."),
  attempt: z.int().describe("Workers that held the build so far; a build that begins again begins with its progress, too."),
  stage: z.string().max(50),
  step: z.string().max(50).describe("The step that runs; empty before the first."),
  progress: z.int().min(0).max(100).describe("In percent."),
});

/** How far a build is, as the event `BuildProgress` tells it. */
export const buildProgressView = progressSchema;
export type BuildProgress = z.output<typeof progressSchema>;

/** Tells every reader of every process; nobody hears it later. */
export async function tellProgress(db: Executor, progress: BuildProgress): Promise<void> {
  await sql`select pg_notify(${progressChannel}, ${JSON.stringify(progress)})`.execute(db);
}

/** What a notification says; undefined when it is none of ours, or says that something may have been missed. */
export function parseProgress(payload: string | undefined): BuildProgress | undefined {
  try {
    return progressSchema.safeParse(JSON.parse(payload ?? "")).data;
  } catch {
    return undefined;
  }
}

/** How far the builds are that run now. */
export async function readRunningProgress(db: Executor): Promise<readonly BuildProgress[]> {
  const { rows } = await sql<{ id: string; attempt: number; stage: string; step: string | null; progress: number }>`
    select id, attempt, stage, progress, (select name from build_steps where build_id = builds.id and build_steps.attempt = builds.attempt order by position desc limit 1) as step
    from builds where status = 'running' order by id`.execute(db);
  return rows.map(({ id, step, ...rest }) => ({ build_id: toPublicId("bld", id), ...rest, step: step ?? "" }));
}
