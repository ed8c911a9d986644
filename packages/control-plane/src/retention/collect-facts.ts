import { collectCaches } from "./collect/caches.ts";
import { collectEnvironments } from "./collect/environments.ts";
import { collectArtifacts, collectDamaged, collectDatabaseLog, collectLeftovers } from "./collect/files.ts";
import { collectBuilds, collectReleases } from "./collect/releases.ts";
import { collectBuildLogs, collectKeys } from "./collect/rows.ts";
import type { RetentionContext } from "./context.ts";
import type { RetentionFacts } from "./facts.ts";

/** Looks at everything that is kept. What is under way is looked at last, so that nothing that began meanwhile is missed. */
export async function collectFacts(context: RetentionContext): Promise<RetentionFacts> {
  const now = new Date();
  const { db } = context.handle;
  const active = await db.selectFrom("releases").select("environment").where("status", "=", "active").execute();
  const environments = await collectEnvironments(context, new Set(active.map(({ environment }) => environment)));
  const found = [
    await collectLeftovers(context, now),
    await collectArtifacts(context),
    await collectDamaged(context, now),
    environments.items,
    await collectCaches(context.dataDirectory),
    await collectBuildLogs(db, now, context.budget),
    await collectKeys(db, now),
    await collectDatabaseLog(context),
  ];
  const items = found.flat();
  const digests = [...new Set(items.flatMap(({ digest }) => digest ?? []))];
  const ids = [...new Set(items.flatMap(({ owner }) => (owner?.startsWith("rel_") === true ? [owner] : [])))];
  const releases = await collectReleases(db, { digests, ids }, environments.running);
  return { now, items, releases, builds: await collectBuilds(db) };
}
