import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isAlive } from "../../../packages/control-plane/src/processes/identity.ts";
import type { Site } from "../site.ts";

const ownerSchema = z.object({ pid: z.number(), startedAt: z.string() });

/** Locks that are held while nothing is under way: leases, PostgreSQL's advisory locks, lock files of dead processes, git's. */
export async function stuckLocks(site: Site): Promise<readonly string[]> {
  return [...(await databaseLocks(site)), ...(await lockFiles(site))];
}

async function databaseLocks({ database }: Site): Promise<readonly string[]> {
  const rows = await database.patientQuery<{ what: string }>(`
    select 'advisory lock ' || objid || ' of backend ' || pid as what from pg_locks where locktype = 'advisory'
    union all select 'lease of ' || lease_holder from builds where status = 'running'
    union all select 'lease of ' || lease_holder from deployments where status = 'running'`);
  return rows.map(({ what }) => what);
}

/** Ours name their owner. git's do not; at rest there is none. */
async function lockFiles({ places: { data, host } }: Site): Promise<readonly string[]> {
  const ours = (await filesBelow(data, (path) => !/^(postgres|host\.git)\//.test(path))).filter((path) => /\.lock(\.|$)/.test(path));
  const git = [...(await filesBelow(join(data, "host.git"))), ...(await filesBelow(join(host, ".git")))].filter((path) => path.endsWith(".lock"));
  const left = await Promise.all(ours.map(async (path) => ((await isLeft(path)) ? [path] : [])));
  return [...left.flat(), ...git];
}

async function isLeft(path: string): Promise<boolean> {
  try {
    return !isAlive(ownerSchema.parse(JSON.parse(await readFile(path, "utf8"))));
  } catch (error) {
    // Not one of our own kind: a package's file of that name. Or given back in the meantime.
    return error instanceof Error && "code" in error ? false : /\/(workspaces|host\.git\.lock)/.test(path);
  }
}

/** Absolute paths of all files below a directory that may be changing; none where it is not there. */
export async function filesBelow(directory: string, wanted: (path: string) => boolean = () => true): Promise<readonly string[]> {
  const found = await readdir(directory, { recursive: true }).catch(() => []);
  return found.filter((path) => !path.includes("node_modules/") && wanted(path)).map((path) => join(directory, path));
}
