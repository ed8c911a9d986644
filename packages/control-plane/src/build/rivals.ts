import { slugsNamed } from "../composition/change.ts";
import type { Change } from "../composition/plan.ts";
import type { Executor } from "../database/connection.ts";
import type { Build } from "./store.ts";

/**
 * Builds of a branch that are not over yet and have a word about the same modules as a change; newest first. While there are any,
 * the branch does not say yet what the change will come to: an uninstallation of what is just being installed looks as if there
 * were nothing to do. Whoever is asked then must not be answered with an older build.
 */
export async function findRivals(db: Executor, branch: string, change: Change): Promise<readonly Build[]> {
  const select = db.selectFrom("builds").selectAll().where("manifestRef", "=", branch).where("status", "in", ["queued", "running"]).where("verifies", "is", null);
  const unfinished = (await select.where("cancelRequestedAt", "is", null).orderBy("id", "desc").execute()) as readonly Build[];
  return unfinished.filter((build) => overlap(build.change, change));
}

/** Whether two changes name a module in common; one that says exactly which modules there shall be names them all. */
function overlap(left: Change, right: Change): boolean {
  if (left.modules !== undefined || right.modules !== undefined) return true;
  const named = new Set(slugsNamed(left));
  return slugsNamed(right).some((slug) => named.has(slug));
}
