import { askForChange } from "./ask.ts";
import { lostAcknowledgements } from "./checks/acknowledged.ts";
import { isInstalled } from "./checks/branch.ts";
import { differenceOfChange } from "./outcome.ts";
import { untilAtRest } from "./rest.ts";
import type { RoundResult, Stage } from "./round.ts";

const patienceMs = 60_000;

/** After the last kill of a site: one more request goes its way undisturbed, and everything that was ever acknowledged is still there. */
export async function lookOnceMore(stage: Stage, last: RoundResult): Promise<RoundResult> {
  const blocked = await blockedQueue(stage).catch((error: unknown) => String(error));
  stage.signal.throwIfAborted();
  const lost = await lostAcknowledgements(stage.site, stage.ledger);
  return {
    ...last,
    recovered: last.recovered && blocked === undefined,
    stuckLocks: blocked === undefined ? last.stuckLocks : [...last.stuckLocks, `a new request did not go through: ${blocked}`],
    lostAcknowledgements: [...new Set([...last.lostAcknowledgements, ...lost])],
  };
}

async function blockedQueue({ site, references, ledger, signal }: Stage): Promise<string | undefined> {
  const change = (await isInstalled(site)) ? "uninstall" : "install";
  ledger.push(await askForChange(site, change));
  await untilAtRest(site, signal, patienceMs);
  return differenceOfChange(site, change, references[change]);
}
