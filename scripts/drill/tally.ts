import { phases, victims, type Victim } from "./phases.ts";
import type { RoundResult } from "./round.ts";

/** Middle and longest of some times, in whole milliseconds; null of none. */
export interface Times {
  readonly median: number | null;
  readonly worst: number | null;
}

/** One phase's line of the table. */
export interface PhaseTally {
  readonly phase: string;
  readonly kills: number;
  readonly recovered: number;
  readonly recovery_ms: Times;
  /** Kills of each victim, and how many of them recovered. */
  readonly victims: Readonly<Partial<Record<Victim, { readonly kills: number; readonly recovered: number }>>>;
}

/** What `npm run drill -- --json` prints. */
export interface DrillReport {
  readonly seed: number;
  readonly kills: number;
  /** Kills after which everything was back and at rest, in states that the machines allow, with the same request in the same release. */
  readonly recovered: number;
  /** Leases, advisory locks, lock files of dead processes and of git that were held at rest. */
  readonly stuck_locks: number;
  /** Processes, workspaces, half-made files that belonged to nobody at rest. */
  readonly orphans: number;
  /** Requests that were granted and whose row, journal entry or end was missing. */
  readonly lost_acknowledgements: number;
  /** Requests of visitors that failed outside the outage of a killed application or gateway. */
  readonly application_requests_lost: number;
  /** Requests of visitors, and those that failed while the application or gateway was down because it was the one killed. */
  readonly application_requests: number;
  readonly application_requests_lost_with_victim: number;
  /** States or changes of state that the machines do not allow, and differences between the branch and the builds. */
  readonly forbidden_states: number;
  readonly branch_problems: number;
  /** Processes of the control plane that ended although they were not the ones killed. */
  readonly unasked_ends: number;
  readonly recovery_ms: Times;
  readonly phases: readonly PhaseTally[];
  /** Everything that was wrong, in words, with the kill that brought it about. */
  readonly problems: readonly string[];
}

/** Counts what the rounds brought. `asked`: requests of visitors in all of them. */
export function tally(rounds: readonly RoundResult[], seed: number, asked: number): DrillReport {
  const sum = (count: (round: RoundResult) => number): number => rounds.reduce((total, round) => total + count(round), 0);
  return {
    seed,
    kills: rounds.length,
    recovered: sum(({ recovered }) => Number(recovered)),
    stuck_locks: sum(({ stuckLocks }) => stuckLocks.length),
    orphans: sum(({ orphans }) => orphans.length),
    lost_acknowledgements: sum(({ lostAcknowledgements }) => lostAcknowledgements.length),
    application_requests_lost: sum(({ losses }) => losses.length),
    application_requests: asked,
    application_requests_lost_with_victim: sum(({ ownLosses }) => ownLosses.length),
    forbidden_states: sum(({ forbiddenStates }) => forbiddenStates.length),
    branch_problems: sum(({ branchProblems }) => branchProblems.length),
    unasked_ends: sum(({ unaskedEnds }) => unaskedEnds.length),
    recovery_ms: timesOf(rounds),
    phases: phases.flatMap(({ name }) => tallyPhase(name, rounds.filter(({ kill }) => kill.phase.name === name))),
    problems: rounds.flatMap(problemsOf),
  };
}

/** Nothing was lost, nothing was stuck, and every kill was recovered from. */
export function isClean(report: DrillReport): boolean {
  const { recovered, kills, stuck_locks: locks, orphans, lost_acknowledgements: acknowledgements, application_requests_lost: requests } = report;
  return recovered === kills && locks + orphans + acknowledgements + requests + report.forbidden_states + report.branch_problems + report.unasked_ends === 0;
}

/** What was wrong after one kill, in words. */
export function problemsOf({ kill: { phase, victim }, ...round }: RoundResult): readonly string[] {
  const where = `${victim} killed in ${phase.work} ${phase.step}`;
  const told = [
    ...round.amiss,
    ...round.stuckLocks.map((each) => `stuck lock: ${each}`),
    ...round.orphans.map((each) => `orphan: ${each}`),
    ...round.lostAcknowledgements.map((each) => `lost: ${each}`),
    ...round.forbiddenStates,
    ...round.branchProblems,
    ...round.unaskedEnds,
    ...[...Map.groupBy(round.losses, ({ why }) => why)].map(([why, losses]) => `${losses.length} requests of visitors lost: ${why}`),
  ];
  return told.map((each) => `${where}: ${each}`);
}

function tallyPhase(phase: string, rounds: readonly RoundResult[]): readonly PhaseTally[] {
  if (rounds.length === 0) return [];
  const each = victims.flatMap((victim) => {
    const some = rounds.filter(({ kill }) => kill.victim === victim);
    return some.length === 0 ? [] : [[victim, { kills: some.length, recovered: recoveredOf(some) }] as const];
  });
  return [{ phase, kills: rounds.length, recovered: recoveredOf(rounds), recovery_ms: timesOf(rounds), victims: Object.fromEntries(each) }];
}

function recoveredOf(rounds: readonly RoundResult[]): number {
  return rounds.filter(({ recovered }) => recovered).length;
}

/** Of those that recovered: what never came back has no time. */
function timesOf(rounds: readonly RoundResult[]): Times {
  const sorted = rounds.filter(({ recovered }) => recovered).map(({ recoveryMs }) => Math.round(recoveryMs)).toSorted((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)] ?? null, worst: sorted.at(-1) ?? null };
}
