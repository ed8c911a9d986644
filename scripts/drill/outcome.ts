import { toUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import { isInstalled } from "./checks/branch.ts";
import type { Site } from "./site.ts";

/** The artifact of each change, from a run in which nothing was killed. */
export interface References {
  readonly install: string;
  readonly uninstall: string;
}

interface Active {
  readonly id: string;
  readonly build_id: string;
  readonly artifact_digest: string;
}

/** The release that has the traffic by the records. */
export async function activeRelease({ database }: Site): Promise<Active> {
  const [active] = await database.patientQuery<Active>("select id, build_id::text, artifact_digest from releases where status = 'active' and environment = 'prod'");
  if (active === undefined) throw new Error("no release is active");
  return active;
}

/** Why the change is not live as it is where nothing is killed; undefined: it is. */
export async function differenceOfChange(site: Site, change: "install" | "uninstall", expected: string): Promise<string | undefined> {
  if ((await isInstalled(site)) !== (change === "install")) return `the branch does not hold what ${change} makes of it`;
  const { id, artifact_digest: digest } = await activeRelease(site);
  return digest === expected ? undefined : `${change} ended in ${id} with the artifact ${digest.slice(0, 12)} instead of ${expected.slice(0, 12)}`;
}

/** Why the environment does not run what the rollback was to bring; undefined: it does. */
export async function differenceOfRollback(site: Site, deployment: string): Promise<string | undefined> {
  const [wanted] = await site.database.patientQuery<{ release_id: string; status: string }>("select release_id, status from deployments where id = $1", [toUuid("dpl", deployment)]);
  const { id } = await activeRelease(site);
  return wanted?.release_id === id && wanted.status === "success" ? undefined : `the way back to ${wanted?.release_id} ended as ${wanted?.status}, with ${id} active`;
}
