import type { Executor } from "../../database/connection.ts";
import { lockUntilEnd } from "../../database/locks.ts";
import type { ArtifactStore } from "./artifact-store.ts";

/** Held until the transaction ends: one decision at a time about whether the artifact stays. Nothing else is waited for while it is held. */
export async function lockArtifact(trx: Executor, digest: string): Promise<void> {
  await lockUntilEnd(trx, `artifact ${digest}`);
}

/**
 * Says in the caller's transaction that something needs the artifact from now on: what was about to remove it does not. To be called after
 * the rows that need it were written. Whether it is still there is to be asked afterwards.
 */
export async function claimArtifact(trx: Executor, digest: string): Promise<void> {
  await lockArtifact(trx, digest);
  await trx.deleteFrom("artifactRemovals").where("digest", "=", digest).execute();
}

/** Those of the artifacts that are on their way out of the store. */
export async function leavingArtifacts(db: Executor, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("artifactRemovals").select("digest").where("digest", "in", digests).execute();
  return new Set(rows.map(({ digest }) => digest));
}

/** Whether the artifact is there to stay: in the store, and not on its way out. */
export async function isArtifactKept(db: Executor, artifacts: Pick<ArtifactStore, "has">, digest: string): Promise<boolean> {
  if (!(await artifacts.has(digest))) return false;
  return (await db.selectFrom("artifactRemovals").select("digest").where("digest", "=", digest).executeTakeFirst()) === undefined;
}
