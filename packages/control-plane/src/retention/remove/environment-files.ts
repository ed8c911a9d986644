import { join } from "node:path";
import { lockEnvironment } from "../../deployment/environment-queue.ts";
import { collectReleases } from "../collect/releases.ts";
import type { RetentionContext } from "../context.ts";
import type { KeptItem } from "../facts.ts";
import { takeAway } from "../going.ts";
import { protection } from "../protect.ts";

/**
 * Removes what an environment has of a release: its unpacked files, or its log. While the environment is locked no deployment begins
 * there, so none finds its files and then loses them; one that begins later unpacks them again.
 */
export async function removeEnvironmentFiles(context: RetentionContext, item: KeptItem): Promise<boolean> {
  const { environment = "", digest, owner } = item;
  const finish = await context.handle.db.transaction().execute(async (trx) => {
    await lockEnvironment(trx, environment);
    const releases = await collectReleases(trx, { digests: digest === undefined ? [] : [digest], ids: owner === undefined ? [] : [owner] }, new Set());
    if (protection({ releases, builds: [] }, context.budget.releases)(item) !== undefined) return undefined;
    return takeAway(context.dataDirectory, join(context.dataDirectory, item.name));
  });
  await finish?.();
  return finish !== undefined;
}
