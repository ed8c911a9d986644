import { setTimeout as delay } from "node:timers/promises";
import { processesWith, tryKill } from "../../test/support/processes.ts";
import type { Victim } from "./phases.ts";
import type { Site } from "./site.ts";

/** The gateways of the site; one, unless something is wrong. */
export async function gatewaysOf({ places }: Site): Promise<readonly number[]> {
  const all = await processesWith({ commandLine: `${places.environment}/gateway-settings.json` });
  return all;
}

/** Processes of applications that a gateway of the site started: of one release, or of all. */
export function applicationsOf({ places }: Site, releaseId?: string): Promise<readonly number[]> {
  const marker = `MODYARD_GATEWAY=${places.environment}\0`;
  return processesWith({ environment: marker }).then(async (pids) => {
    if (releaseId === undefined) return pids;
    const ofRelease = new Set(await processesWith({ environment: `MODYARD_RELEASE_ID=${releaseId}\0` }));
    return pids.filter((pid) => ofRelease.has(pid));
  });
}

/** The release that has the traffic, by its own word. */
export async function servedRelease({ applicationUrl }: Site): Promise<string | undefined> {
  try {
    const response = await fetch(`${applicationUrl}/health/modules`, { signal: AbortSignal.timeout(5_000) });
    return ((await response.json()) as { readonly release_id?: string }).release_id;
  } catch {
    return undefined;
  }
}

/** Finds the victim first, so that the kill itself takes no time; the function that kills it with signal 9. */
export async function aim(site: Site, victim: Victim, holder: number): Promise<() => void> {
  const pids = await targetsOf(site, victim, holder);
  if (pids.length === 0) throw new Error(`there is no ${victim} to kill`);
  return () => {
    for (const pid of pids) {
      const service = [site.serve, site.worker].find((each) => each.pid === pid);
      if (service === undefined) tryKill(pid, "SIGKILL");
      else service.kill();
    }
  };
}

async function targetsOf(site: Site, victim: Victim, holder: number): Promise<readonly number[]> {
  switch (victim) {
    case "worker":
      return [holder];
    case "control plane":
      return [site.serve.pid];
    case "gateway":
      return gatewaysOf(site);
    case "application":
      return applicationsOf(site, await servedRelease(site));
    case "database":
      return site.postmaster === undefined ? [] : [site.postmaster];
  }
}

/** Stops a process in its tracks, and waits until it stands. */
export async function freeze(pid: number): Promise<() => void> {
  tryKill(pid, "SIGSTOP");
  await delay(2);
  return () => tryKill(pid, "SIGCONT");
}
