import type { Acknowledged } from "./ledger.ts";
import { askForChange } from "./ask.ts";
import { activeRelease } from "./outcome.ts";
import { untilAtRest } from "./rest.ts";
import type { Stage } from "./round.ts";
import { Site } from "./site.ts";
import { Visitors } from "./visitors.ts";

const visitorCount = 3;
const patienceMs = 120_000;

/** A site with a release that visitors ask, and what each change ends in where nothing is killed. */
export async function openStage(signal: AbortSignal): Promise<Stage> {
  const site = await Site.open();
  const ledger: Acknowledged[] = [];
  let visitors: Visitors | undefined;
  try {
    await site.api.requestBuild({ requested_by: "drill", reason: "as it is", deploy_to: "prod" });
    await untilAtRest(site, signal, patienceMs);
    visitors = new Visitors(`${site.applicationUrl}/health/modules`, visitorCount);
    const references = { install: await undisturbed(site, ledger, "install", signal), uninstall: await undisturbed(site, ledger, "uninstall", signal) };
    return { site, visitors, references, ledger, signal };
  } catch (error) {
    await visitors?.stop();
    await site.close({ keep: !signal.aborted });
    throw error;
  }
}

async function undisturbed(site: Site, ledger: Acknowledged[], change: "install" | "uninstall", signal: AbortSignal): Promise<string> {
  ledger.push(await askForChange(site, change));
  await untilAtRest(site, signal, patienceMs);
  return (await activeRelease(site)).artifact_digest;
}

/** Ends visitors and site; `keep` leaves the directory for looking. */
export async function closeStage({ site, visitors }: Stage, keep: boolean): Promise<void> {
  await visitors.stop();
  await site.close({ keep });
}
