import { lockArtifact } from "../../build/artifacts/keep.ts";
import type { Executor } from "../../database/connection.ts";
import { collectBuilds, collectReleases } from "../collect/releases.ts";
import type { RetentionContext } from "../context.ts";
import type { KeptItem } from "../facts.ts";
import { protection } from "../protect.ts";

/**
 * First the word that the artifact goes, committed: from then on nobody may go back to it. Then the file. Whoever needs it in
 * between takes the word back, and the file stays. True: it is gone.
 */
export async function removeArtifact(context: RetentionContext, { digest = "" }: Pick<KeptItem, "digest">): Promise<boolean> {
  const isMarked = await context.handle.db.transaction().execute(async (trx) => {
    await lockArtifact(trx, digest);
    if (await isNeeded(trx, context, digest)) return false;
    await trx.insertInto("artifactRemovals").values({ digest }).onConflict((conflict) => conflict.doNothing()).execute();
    return true;
  });
  return isMarked && (await removeMarked(context, digest));
}

/** What an earlier run marked and was killed before it removed. The digests that are gone now. */
export async function finishArtifactRemovals(context: RetentionContext): Promise<readonly string[]> {
  const marked = await context.handle.db.selectFrom("artifactRemovals").select("digest").orderBy("markedAt").execute();
  const gone: string[] = [];
  for (const { digest } of marked) if (await removeMarked(context, digest)) gone.push(digest);
  return gone;
}

async function removeMarked(context: RetentionContext, digest: string): Promise<boolean> {
  return context.handle.db.transaction().execute(async (trx) => {
    await lockArtifact(trx, digest);
    const mark = await trx.deleteFrom("artifactRemovals").where("digest", "=", digest).executeTakeFirst();
    // Somebody said meanwhile that they need it: then the word that it goes is gone, too.
    if (mark.numDeletedRows === 0n || (await isNeeded(trx, context, digest))) return false;
    // Killed after this, the mark is there again: the transaction was never committed. Removing once more does no harm.
    await context.artifacts.remove(digest);
    return true;
  });
}

/** Looked at again under the lock: a release may have been cut since the plan was made. */
async function isNeeded(trx: Executor, { budget }: RetentionContext, digest: string): Promise<boolean> {
  const releases = await collectReleases(trx, { digests: [digest], ids: [] }, new Set());
  const item: KeptItem = { kind: "artifact", name: digest, digest, bytes: 0, usedAt: new Date(0) };
  return protection({ releases, builds: await collectBuilds(trx) }, budget.releases)(item) !== undefined;
}
