import type { Acknowledged } from "./ledger.ts";
import { module } from "./host.ts";
import type { Site } from "./site.ts";

/** Asks for the module to be installed or uninstalled, and to go live. Throws when that was not granted. */
export async function askForChange({ api }: Site, change: "install" | "uninstall"): Promise<Acknowledged> {
  const { build_id: id } = await api.requestBuild({ [change]: [module], reason: "drill", requested_by: "drill", deploy_to: "prod" });
  return { kind: "build", id, what: `${change} ${module}` };
}

/**
 * Asks for the same once more, in the very moment of a kill: what was granted, or undefined where no answer came or it said no. A
 * request that is answered while everything falls down must be there afterwards like any other.
 */
export function askInTheLastMoment(site: Site, change: "install" | "uninstall"): Promise<Acknowledged | undefined> {
  return askForChange(site, change).catch(() => undefined);
}

/** Asks to go back to the newest release that may be gone back to. */
export async function askForRollback({ api }: Site): Promise<Acknowledged> {
  const releases = await api.releases();
  const active = releases.find(({ status }) => status === "active");
  const target = releases.find(({ status }) => status === "superseded" || status === "rolled_back");
  if (active === undefined || target === undefined) throw new Error("there is no release to go back to");
  const { deployment_id: id } = await api.rollBack(active.build_id, { target_release: target.id, environment: "prod", reason: "drill" });
  return { kind: "deployment", id, what: `roll back to ${target.id}` };
}
