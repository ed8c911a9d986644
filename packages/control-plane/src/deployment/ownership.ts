import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Executor } from "../database/connection.ts";
import { appendJournal } from "../journal/journal.ts";

/**
 * Who owns environments: a data directory, named by an identifier of its own that goes with it when it moves. Processes on one machine
 * that share it own together; one elsewhere has no gateway of these environments and must not start a second one.
 */
export function ownerOf(dataDirectory: string): string {
  const path = join(dataDirectory, "owner-id");
  const claim = `${path}.${process.pid}`;
  writeFileSync(claim, `${randomUUID()}\n`);
  try {
    linkSync(claim, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(claim, { force: true });
  }
  return readFileSync(path, "utf8").trim();
}

/** An owner that did not look after its environment for so long may have been replaced for good. */
const absentSeconds = 120;

/** Whether this owner may drive the environment: it is its own already, or nobody's yet. */
export async function ownsEnvironment(trx: Executor, environment: string, owner: string): Promise<boolean> {
  await trx.insertInto("environmentOwners").values({ environment, owner }).onConflict((conflict) => conflict.column("environment").doNothing()).execute();
  const { owner: present } = await trx.selectFrom("environmentOwners").select("owner").where("environment", "=", environment).executeTakeFirstOrThrow();
  return present === owner;
}

/**
 * As `ownsEnvironment`, for a deployment that somebody asked for: an environment whose owner has not been seen for two minutes
 * becomes this owner's, so that a machine that is gone blocks nothing.
 */
export async function takeEnvironment(trx: Executor, environment: string, owner: string): Promise<boolean> {
  if (await ownsEnvironment(trx, environment, owner)) return true;
  const absent = sql<boolean>`seen_at < now() - make_interval(secs => ${absentSeconds})`;
  const taken = await trx.updateTable("environmentOwners").set({ owner, seenAt: sql`now()` }).where("environment", "=", environment).where(absent).executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return false;
  await appendJournal(trx, { actor: "modyard", action: "environment.taken_over", subjectType: "environment", subjectId: environment, reason: "its former owner is gone", details: { owner } });
  return true;
}

/** Says that this owner looks after its environment. Written at most every half minute. */
export async function seeEnvironment(db: Executor, environment: string, owner: string): Promise<void> {
  const due = sql<boolean>`seen_at < now() - interval '30 seconds'`;
  await db.updateTable("environmentOwners").set({ seenAt: sql`now()` }).where("environment", "=", environment).where("owner", "=", owner).where(due).execute();
}
