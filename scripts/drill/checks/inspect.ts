import type { Acknowledged } from "../ledger.ts";
import { untilNothing } from "../rest.ts";
import type { Site } from "../site.ts";
import { lostAcknowledgements } from "./acknowledged.ts";
import { branchProblems } from "./branch.ts";
import { stuckLocks } from "./locks.ts";
import { orphans } from "./orphans.ts";
import { forbiddenStates } from "./states.ts";

/** What is wrong with a site at rest, each in words; all empty: nothing. */
export interface Findings {
  readonly stuckLocks: readonly string[];
  readonly orphans: readonly string[];
  readonly lostAcknowledgements: readonly string[];
  readonly forbiddenStates: readonly string[];
  readonly branchProblems: readonly string[];
  /** Processes of the control plane that ended although nobody killed them. */
  readonly unaskedEnds: readonly string[];
}

/** What is at rest is not still: the recovery looks around every few seconds, and takes away what it finds. */
const usualPatienceMs = 15_000;

/** Looks at everything, and at the acknowledged requests of the ledger; what goes away within the patience is not told. */
export async function inspect(site: Site, ledger: readonly Acknowledged[], patienceMs = usualPatienceMs): Promise<Findings> {
  const [locks, left] = await Promise.all([untilNothing(() => stuckLocks(site), patienceMs), untilNothing(() => orphans(site), patienceMs)]);
  return {
    stuckLocks: locks,
    orphans: left,
    lostAcknowledgements: await lostAcknowledgements(site, ledger),
    forbiddenStates: await forbiddenStates(site),
    branchProblems: await branchProblems(site),
    unaskedEnds: [...site.serve.takeUnaskedEnds(), ...site.worker.takeUnaskedEnds()],
  };
}
