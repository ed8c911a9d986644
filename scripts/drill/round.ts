import { setTimeout as delay } from "node:timers/promises";
import { askForChange, askForRollback, askInTheLastMoment } from "./ask.ts";
import { isInstalled } from "./checks/branch.ts";
import { inspect, type Findings } from "./checks/inspect.ts";
import { usualDuration } from "./durations.ts";
import type { Acknowledged } from "./ledger.ts";
import { differenceOfChange, differenceOfRollback, type References } from "./outcome.ts";
import type { Kill } from "./plan.ts";
import { untilAtRest } from "./rest.ts";
import type { Site } from "./site.ts";
import { aim, freeze } from "./victims.ts";
import { splitLosses, type Loss, type Outage, type Visitors } from "./visitors.ts";

/** How long a site may need to come to rest after a kill before it counts as not recovered. */
const recoveryPatienceMs = 120_000;
const arrivalPatienceMs = 60_000;
/** About as long as the API takes to grant a request. */
const answerMs = 40;
/** A socket of a killed process may still take a request for an instant. */
const instantMs = 50;

/** What a round plays on. */
export interface Stage {
  readonly site: Site;
  readonly visitors: Visitors;
  readonly references: References;
  /** Every request of this site that was granted. */
  readonly ledger: Acknowledged[];
  readonly signal: AbortSignal;
}

/** What came of one kill. */
export interface RoundResult extends Findings {
  readonly kill: Kill;
  /** Everything was back and at rest, and the request had ended where it ends undisturbed. */
  readonly recovered: boolean;
  /** From the kill until everything was back and what was under way was done. */
  readonly recoveryMs: number;
  /** Requests of visitors that were lost in the outage of the killed application or gateway, and all other losses. */
  readonly ownLosses: readonly Loss[];
  readonly losses: readonly Loss[];
  /** Why the same request did not end in the same release, or why the site did not come to rest. */
  readonly amiss: readonly string[];
}

interface Work {
  readonly acknowledged: Acknowledged;
  /** Undefined for a rollback. */
  readonly change: "install" | "uninstall" | undefined;
}

/** Asks for something, kills the victim in the phase, waits for the site to come to rest, and looks at everything. */
export async function playRound(stage: Stage, kill: Kill): Promise<RoundResult> {
  try {
    return await play(stage, kill);
  } catch (error) {
    stage.signal.throwIfAborted();
    return notPlayed(kill, error instanceof Error ? error.message : String(error));
  }
}

/** The kill could not be made, or what came of it not be seen. */
function notPlayed(kill: Kill, why: string): RoundResult {
  const nothing = { stuckLocks: [], orphans: [], lostAcknowledgements: [], forbiddenStates: [], branchProblems: [], unaskedEnds: [], ownLosses: [], losses: [] };
  return { ...nothing, kill, recovered: false, recoveryMs: 0, amiss: [why] };
}

async function play(stage: Stage, kill: Kill): Promise<RoundResult> {
  const { site, visitors } = stage;
  const lossesBefore = visitors.visits.losses.length;
  const { work, killedAt, lastMoment } = await strike(stage, kill);
  const outage = await waitForUsers(visitors, kill, killedAt);
  const amiss: string[] = [];
  const note = (error: unknown): void => void amiss.push(error instanceof Error ? error.message : String(error));
  const granted = await lastMoment;
  if (granted !== undefined) stage.ledger.push(granted);
  const recoveryMs = await untilAtRest(site, stage.signal, recoveryPatienceMs).catch(note).then(() => performance.now() - killedAt);
  if (amiss.length === 0) await settle(stage, kill, work).then((difference) => difference !== undefined && amiss.push(difference), note);
  const findings = await inspect(site, stage.ledger.slice(stage.ledger.indexOf(work.acknowledged)));
  const { own, counted } = splitLosses(visitors.visits.losses.slice(lossesBefore), outage);
  const recovered = amiss.length === 0 && findings.forbiddenStates.length === 0 && findings.branchProblems.length === 0;
  return { ...findings, kill, recovered, recoveryMs, ownLosses: own, losses: counted, amiss };
}

interface Strike {
  readonly work: Work;
  readonly killedAt: number;
  /** A second request for the same, made as the victim died. */
  readonly lastMoment: Promise<Acknowledged | undefined>;
}

/** Brings the work into the phase, and kills. */
async function strike(stage: Stage, { phase, victim, depth }: Kill): Promise<Strike> {
  const { site, signal } = stage;
  const wait = depth * 0.5 * (await usualDuration(site.database, phase));
  try {
    await site.gate.close(phase);
    const work = await begin(stage, phase.work === "rollback");
    const holder = await site.gate.arrival(signal, arrivalPatienceMs);
    const thaw = await freeze(holder);
    const shoot = await aim(site, victim, holder);
    await site.gate.open();
    // While the worker stands still: its step must not be over when the answer comes.
    const lastMoment = work.change === undefined ? Promise.resolve(undefined) : askInTheLastMoment(site, work.change);
    await delay(depth * answerMs);
    if (depth > 0) {
      thaw();
      await delay(wait);
    }
    const killedAt = performance.now();
    shoot();
    thaw();
    return { work, killedAt, lastMoment };
  } catch (error) {
    await site.gate.open();
    throw error;
  }
}

async function begin({ site, ledger }: Stage, isRollback: boolean): Promise<Work> {
  const change = isRollback ? undefined : (await isInstalled(site)) ? "uninstall" : "install";
  const acknowledged = change === undefined ? await askForRollback(site) : await askForChange(site, change);
  ledger.push(acknowledged);
  return { acknowledged, change };
}

/** The outage of what users reach the application through; undefined where it is not what was killed. */
async function waitForUsers(visitors: Visitors, { victim }: Kill, killedAt: number): Promise<Outage | undefined> {
  if (victim !== "gateway" && victim !== "application") return undefined;
  const answered = await visitors.answeredSince(killedAt + instantMs, recoveryPatienceMs);
  return { from: killedAt, to: answered ?? Infinity };
}

/** Why the request did not end where it ends undisturbed. An application that died under observation may cost the release: then the same request is made again. */
async function settle(stage: Stage, { victim }: Kill, { acknowledged, change }: Work): Promise<string | undefined> {
  const { site, references, signal } = stage;
  if (change === undefined) return differenceOfRollback(site, acknowledged.id);
  const difference = await differenceOfChange(site, change, references[change]);
  if (difference === undefined || victim !== "application") return difference;
  await begin(stage, false);
  await untilAtRest(site, signal, recoveryPatienceMs);
  return differenceOfChange(site, change, references[change]);
}
